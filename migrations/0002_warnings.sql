CREATE TABLE "jira_comments" (
	"subject" text NOT NULL,
	"topic" text NOT NULL,
	"site_id" text NOT NULL,
	"issue_id" text NOT NULL,
	"comment_id" text,
	"wanted" jsonb NOT NULL,
	"wanted_cursor" bigint NOT NULL,
	"written" jsonb,
	"written_cursor" bigint,
	"written_at" timestamptz(3),
	"is_muted" boolean DEFAULT false NOT NULL,
	"is_due" boolean NOT NULL,
	"due_at" timestamptz(3) DEFAULT now() NOT NULL,
	"creating_until" timestamptz(3),
	"notified_at" timestamptz(3),
	"told_level" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	CONSTRAINT "jira_comments_subject_topic_site_id_issue_id_pk" PRIMARY KEY("subject","topic","site_id","issue_id")
);
--> statement-breakpoint
CREATE TABLE "team_digests" (
	"team" text NOT NULL,
	"day" date NOT NULL,
	"due_at" timestamptz(3) NOT NULL,
	"sent_at" timestamptz(3) NOT NULL,
	"digest" jsonb,
	CONSTRAINT "team_digests_team_day_pk" PRIMARY KEY("team","day")
);
--> statement-breakpoint
CREATE TABLE "warnings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "warnings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key_result" text NOT NULL,
	"kind" text NOT NULL,
	"level" text NOT NULL,
	"facts" jsonb NOT NULL,
	"raised_at" timestamptz(3) NOT NULL,
	"level_since" timestamptz(3) NOT NULL,
	"resolved_at" timestamptz(3),
	"acknowledgement" jsonb,
	"snooze" jsonb
);
--> statement-breakpoint
-- What is wanted and written of status comments goes on as one kind of content among others. What older comments could
-- not show yet is filled in as nothing.
INSERT INTO "jira_comments" (
	"subject", "topic", "site_id", "issue_id", "comment_id", "wanted", "wanted_cursor", "written", "written_cursor",
	"written_at", "is_muted", "is_due", "due_at", "creating_until", "attempts", "last_error"
)
SELECT
	"key_result", 'status', "site_id", "issue_id", "comment_id",
	jsonb_build_object('kind', 'status', 'facts', '{"overruled":null,"gapPoints":null,"forecast":null,"warnings":[],"lastSprint":null}'::jsonb || "wanted"),
	"wanted_cursor",
	CASE WHEN "written_facts" IS NULL THEN NULL ELSE jsonb_build_object(
		'kind', 'status', 'facts', '{"overruled":null,"gapPoints":null,"forecast":null,"warnings":[],"lastSprint":null}'::jsonb || "written_facts")
	END,
	"written_cursor", "written_at", "is_muted", "is_due", "due_at", "creating_until", "attempts", "last_error"
FROM "status_comments";--> statement-breakpoint
DROP TABLE "status_comments" CASCADE;--> statement-breakpoint
CREATE INDEX "jira_comments_due" ON "jira_comments" USING btree ("due_at") WHERE is_due;--> statement-breakpoint
CREATE INDEX "warnings_by_key_result" ON "warnings" USING btree ("key_result","id");--> statement-breakpoint
CREATE UNIQUE INDEX "warnings_open_once" ON "warnings" USING btree ("key_result","kind") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "warnings_open" ON "warnings" USING btree ("id") WHERE resolved_at is null;