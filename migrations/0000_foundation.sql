CREATE SEQUENCE "public"."key_result_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."objective_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "check_ins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "check_ins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key_result" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"value" double precision,
	"confidence" integer,
	"note" text NOT NULL,
	"author" text NOT NULL,
	"idempotency_key" text
);
--> statement-breakpoint
CREATE TABLE "cycles" (
	"key" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"start_day" date NOT NULL,
	"end_day" date NOT NULL,
	"calendar" jsonb NOT NULL,
	"archived_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "key_results" (
	"key" text PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS (substring("key" from 4)::integer) STORED NOT NULL,
	"objective" text NOT NULL,
	"title" text NOT NULL,
	"owner" text,
	"measure" jsonb NOT NULL,
	"weight" double precision NOT NULL,
	"due_day" date,
	"anchor_site_id" text,
	"anchor_issue_id" text,
	"archived_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "manual_links" (
	"site_id" text NOT NULL,
	"issue_id" text NOT NULL,
	"key_result" text NOT NULL,
	"role" text NOT NULL,
	"share_percent" integer NOT NULL,
	"linked_at" timestamptz(3) NOT NULL,
	"unlinked_at" timestamptz(3),
	CONSTRAINT "manual_links_site_id_issue_id_key_result_linked_at_pk" PRIMARY KEY("site_id","issue_id","key_result","linked_at")
);
--> statement-breakpoint
CREATE TABLE "objectives" (
	"key" text PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS (substring("key" from 3)::integer) STORED NOT NULL,
	"cycle" text NOT NULL,
	"title" text NOT NULL,
	"level" text NOT NULL,
	"ambition" text NOT NULL,
	"owner" text,
	"archived_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "delivery_counts" (
	"event" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"deliveries" bigint NOT NULL,
	CONSTRAINT "delivery_counts_event_outcome_reason_pk" PRIMARY KEY("event","outcome","reason")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" text NOT NULL,
	"delivery_id" text,
	"body_sha256" "bytea" NOT NULL,
	"body" "bytea" NOT NULL,
	"retry" text,
	"flow" text,
	"received_at" timestamptz(3) DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamptz(3) DEFAULT now() NOT NULL,
	"processed_at" timestamptz(3),
	"outcome" text,
	"event" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "boards" (
	"site_id" text NOT NULL,
	"board_id" integer NOT NULL,
	"version_at" timestamptz(3) NOT NULL,
	"version_rank" bigint NOT NULL,
	"name" text,
	"deleted" boolean NOT NULL,
	CONSTRAINT "boards_site_id_board_id_pk" PRIMARY KEY("site_id","board_id")
);
--> statement-breakpoint
CREATE TABLE "issue_changes" (
	"site_id" text NOT NULL,
	"issue_id" text NOT NULL,
	"change_id" text NOT NULL,
	"field" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"source" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "issue_changes_site_id_issue_id_change_id_field_pk" PRIMARY KEY("site_id","issue_id","change_id","field")
);
--> statement-breakpoint
CREATE TABLE "issue_references" (
	"site_id" text NOT NULL,
	"kind" text NOT NULL,
	"reference" text NOT NULL,
	"issue_id" text NOT NULL,
	CONSTRAINT "issue_references_site_id_kind_reference_issue_id_pk" PRIMARY KEY("site_id","kind","reference","issue_id")
);
--> statement-breakpoint
CREATE TABLE "issues" (
	"site_id" text NOT NULL,
	"issue_id" text NOT NULL,
	"created_at" timestamptz(3),
	"version_at" timestamptz(3),
	"version_rank" bigint,
	"state" jsonb,
	"deleted_at" timestamptz(3),
	"vanished_at" timestamptz(3),
	"seen_in_backfill" bigint,
	CONSTRAINT "issues_site_id_issue_id_pk" PRIMARY KEY("site_id","issue_id")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"site_id" text NOT NULL,
	"project_id" text NOT NULL,
	"version_at" timestamptz(3) NOT NULL,
	"version_rank" bigint NOT NULL,
	"key" text NOT NULL,
	"deleted" boolean NOT NULL,
	CONSTRAINT "projects_site_id_project_id_pk" PRIMARY KEY("site_id","project_id")
);
--> statement-breakpoint
CREATE TABLE "sprints" (
	"site_id" text NOT NULL,
	"sprint_id" integer NOT NULL,
	"version_at" timestamptz(3) NOT NULL,
	"version_rank" bigint NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"start_at" timestamptz(3),
	"end_at" timestamptz(3),
	"complete_at" timestamptz(3),
	"goal" text NOT NULL,
	"board_id" integer,
	"deleted_at" timestamptz(3),
	"seen_in_backfill" bigint,
	CONSTRAINT "sprints_site_id_sprint_id_pk" PRIMARY KEY("site_id","sprint_id")
);
--> statement-breakpoint
CREATE TABLE "statuses" (
	"site_id" text NOT NULL,
	"status_id" text NOT NULL,
	"version_at" timestamptz(3) NOT NULL,
	"version_rank" bigint NOT NULL,
	"name" text NOT NULL,
	"category" text NOT NULL,
	CONSTRAINT "statuses_site_id_status_id_pk" PRIMARY KEY("site_id","status_id")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamptz(3) NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "feed" (
	"cursor" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feed_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"cursor" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "status_comments" (
	"key_result" text NOT NULL,
	"site_id" text NOT NULL,
	"issue_id" text NOT NULL,
	"comment_id" text,
	"wanted" jsonb NOT NULL,
	"wanted_cursor" bigint NOT NULL,
	"written_facts" jsonb,
	"written_cursor" bigint,
	"written_at" timestamptz(3),
	"is_muted" boolean DEFAULT false NOT NULL,
	"is_due" boolean NOT NULL,
	"due_at" timestamptz(3) DEFAULT now() NOT NULL,
	"creating_until" timestamptz(3),
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	CONSTRAINT "status_comments_key_result_site_id_issue_id_pk" PRIMARY KEY("key_result","site_id","issue_id")
);
--> statement-breakpoint
CREATE TABLE "contributions" (
	"key_result" text NOT NULL,
	"site_id" text NOT NULL,
	"issue_id" text NOT NULL,
	"reason" jsonb NOT NULL,
	"is_anchor_candidate" boolean NOT NULL,
	"steps" jsonb NOT NULL,
	CONSTRAINT "contributions_site_id_issue_id_key_result_pk" PRIMARY KEY("site_id","issue_id","key_result")
);
--> statement-breakpoint
CREATE TABLE "dirty_key_results" (
	"key_result" text PRIMARY KEY NOT NULL,
	"generation" bigint NOT NULL,
	"since" timestamptz(3) DEFAULT now() NOT NULL,
	"earliest_day" date,
	"needs_relink" boolean NOT NULL,
	"relink_wish" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_result_days" (
	"key_result" text NOT NULL,
	"day" date NOT NULL,
	"tally" jsonb NOT NULL,
	CONSTRAINT "key_result_days_key_result_day_pk" PRIMARY KEY("key_result","day")
);
--> statement-breakpoint
CREATE TABLE "key_result_flow" (
	"key_result" text NOT NULL,
	"day" date NOT NULL,
	"state" text NOT NULL,
	"size" double precision,
	"issues" integer NOT NULL,
	"share_percent" integer NOT NULL,
	CONSTRAINT "key_result_flow_line" UNIQUE NULLS NOT DISTINCT("key_result","day","state","size")
);
--> statement-breakpoint
CREATE TABLE "movements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "movements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key_result" text NOT NULL,
	"movement" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "snapshots_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key_result" text NOT NULL,
	"as_of" timestamptz(3) NOT NULL,
	"numbers" jsonb NOT NULL,
	"explanation" jsonb NOT NULL,
	"movement_cursor" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "backfills" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "backfills_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"site_id" text NOT NULL,
	"jql" text NOT NULL,
	"stage" text NOT NULL,
	"page_token" text,
	"issues" integer DEFAULT 0 NOT NULL,
	"changes" integer DEFAULT 0 NOT NULL,
	"started_at" timestamptz(3) DEFAULT now() NOT NULL,
	"saved_at" timestamptz(3) DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" text PRIMARY KEY NOT NULL,
	"base_url" text NOT NULL,
	"deployment" text NOT NULL,
	"fields" jsonb NOT NULL,
	"not_delivered_resolution_ids" jsonb NOT NULL,
	"label_pattern" text NOT NULL,
	"account_id" text,
	"connected_at" timestamptz(3)
);
--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_key_result_key_results_key_fk" FOREIGN KEY ("key_result") REFERENCES "public"."key_results"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_results" ADD CONSTRAINT "key_results_objective_objectives_key_fk" FOREIGN KEY ("objective") REFERENCES "public"."objectives"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objectives" ADD CONSTRAINT "objectives_cycle_cycles_key_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycles"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_ins_by_date" ON "check_ins" USING btree ("key_result","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "check_ins_once" ON "check_ins" USING btree ("key_result","idempotency_key");--> statement-breakpoint
CREATE INDEX "key_results_by_number" ON "key_results" USING btree ("number");--> statement-breakpoint
CREATE INDEX "key_results_by_objective" ON "key_results" USING btree ("objective","number");--> statement-breakpoint
CREATE INDEX "objectives_by_number" ON "objectives" USING btree ("number");--> statement-breakpoint
CREATE INDEX "objectives_by_cycle" ON "objectives" USING btree ("cycle","number");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_delivery" ON "inbox" USING btree ("site_id","delivery_id");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_body" ON "inbox" USING btree ("site_id","body_sha256");--> statement-breakpoint
CREATE INDEX "inbox_waiting" ON "inbox" USING btree ("site_id","id") WHERE processed_at is null;--> statement-breakpoint
CREATE INDEX "inbox_parked" ON "inbox" USING btree ("id") WHERE outcome = 'parked';--> statement-breakpoint
CREATE INDEX "sprints_by_state" ON "sprints" USING btree ("site_id","state");--> statement-breakpoint
CREATE INDEX "audit_by_subject" ON "audit" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "status_comments_due" ON "status_comments" USING btree ("due_at") WHERE is_due;--> statement-breakpoint
CREATE INDEX "contributions_by_key_result" ON "contributions" USING btree ("key_result","site_id","issue_id");--> statement-breakpoint
CREATE INDEX "contributions_anchors" ON "contributions" USING btree ("key_result") WHERE is_anchor_candidate;--> statement-breakpoint
CREATE INDEX "movements_by_key_result" ON "movements" USING btree ("key_result","id");--> statement-breakpoint
CREATE INDEX "snapshots_by_key_result" ON "snapshots" USING btree ("key_result","id");