CREATE SEQUENCE "public"."initiative_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."kpi_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "check_in_reminders" (
	"team" text NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "check_in_reminders_team_day_pk" PRIMARY KEY("team","day")
);
--> statement-breakpoint
CREATE TABLE "milestone_issues" (
	"site_id" text NOT NULL,
	"issue_id" text NOT NULL,
	"key_result" text NOT NULL,
	CONSTRAINT "milestone_issues_site_id_issue_id_key_result_pk" PRIMARY KEY("site_id","issue_id","key_result")
);
--> statement-breakpoint
CREATE TABLE "milestone_ticks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "milestone_ticks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key_result" text NOT NULL,
	"step" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"is_done" boolean NOT NULL,
	"note" text NOT NULL,
	"author" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "applied_goals" (
	"subject" text PRIMARY KEY NOT NULL,
	"properties" jsonb NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cycle_closings" (
	"cycle" text PRIMARY KEY NOT NULL,
	"closed_at" timestamptz(3) NOT NULL,
	"closing" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"name" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"document" jsonb NOT NULL,
	"saved_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "initiatives" (
	"key" text PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS (substring("key" from 5)::integer) STORED NOT NULL,
	"key_result" text NOT NULL,
	"title" text NOT NULL,
	"owner" text,
	"site_id" text,
	"issue_id" text,
	"archived_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "kpi_standings" (
	"kpi" text PRIMARY KEY NOT NULL,
	"health" text NOT NULL,
	"since" timestamptz(3) NOT NULL,
	"due_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "kpi_values" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kpi_values_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kpi" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"value" double precision NOT NULL,
	"note" text NOT NULL,
	"author" text NOT NULL,
	"source" text NOT NULL,
	"idempotency_key" text
);
--> statement-breakpoint
CREATE TABLE "kpis" (
	"key" text PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS (substring("key" from 5)::integer) STORED NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"owner" text,
	"team" text,
	"unit" text NOT NULL,
	"band" jsonb NOT NULL,
	"period" text NOT NULL,
	"value_of_period" text NOT NULL,
	"time_zone" text NOT NULL,
	"source" text NOT NULL,
	"check_every_days" integer NOT NULL,
	"external_id" text,
	"archived_at" timestamptz(3)
);
--> statement-breakpoint
ALTER TABLE "check_ins" ADD COLUMN "source" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "cycles" ADD COLUMN "closed_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "value_override" jsonb;--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "depends_on" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "intended_share_percent" double precision;--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "rolled_from" text;--> statement-breakpoint
ALTER TABLE "objectives" ADD COLUMN "description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "objectives" ADD COLUMN "parent" text;--> statement-breakpoint
ALTER TABLE "objectives" ADD COLUMN "contribution_weight" double precision;--> statement-breakpoint
ALTER TABLE "objectives" ADD COLUMN "health_roll_up" text DEFAULT 'worst' NOT NULL;--> statement-breakpoint
ALTER TABLE "objectives" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "check_ins" jsonb;--> statement-breakpoint
ALTER TABLE "check_in_reminders" ADD CONSTRAINT "check_in_reminders_team_teams_key_fk" FOREIGN KEY ("team") REFERENCES "public"."teams"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_issues" ADD CONSTRAINT "milestone_issues_key_result_key_results_key_fk" FOREIGN KEY ("key_result") REFERENCES "public"."key_results"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_ticks" ADD CONSTRAINT "milestone_ticks_key_result_key_results_key_fk" FOREIGN KEY ("key_result") REFERENCES "public"."key_results"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cycle_closings" ADD CONSTRAINT "cycle_closings_cycle_cycles_key_fk" FOREIGN KEY ("cycle") REFERENCES "public"."cycles"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "initiatives" ADD CONSTRAINT "initiatives_key_result_key_results_key_fk" FOREIGN KEY ("key_result") REFERENCES "public"."key_results"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kpi_standings" ADD CONSTRAINT "kpi_standings_kpi_kpis_key_fk" FOREIGN KEY ("kpi") REFERENCES "public"."kpis"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kpi_values" ADD CONSTRAINT "kpi_values_kpi_kpis_key_fk" FOREIGN KEY ("kpi") REFERENCES "public"."kpis"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kpis" ADD CONSTRAINT "kpis_team_teams_key_fk" FOREIGN KEY ("team") REFERENCES "public"."teams"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "milestone_issues_by_key_result" ON "milestone_issues" USING btree ("key_result");--> statement-breakpoint
CREATE INDEX "milestone_ticks_by_date" ON "milestone_ticks" USING btree ("key_result","at","id");--> statement-breakpoint
CREATE INDEX "initiatives_by_number" ON "initiatives" USING btree ("number");--> statement-breakpoint
CREATE INDEX "initiatives_by_key_result" ON "initiatives" USING btree ("key_result","number");--> statement-breakpoint
CREATE INDEX "kpi_values_by_date" ON "kpi_values" USING btree ("kpi","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "kpi_values_once" ON "kpi_values" USING btree ("kpi","idempotency_key");--> statement-breakpoint
CREATE INDEX "kpis_by_number" ON "kpis" USING btree ("number");--> statement-breakpoint
CREATE INDEX "objectives_by_parent" ON "objectives" USING btree ("parent");--> statement-breakpoint
-- What older snapshots do not say is that there was none of it.
UPDATE "snapshots" SET "numbers" = '{"automatic": null, "valueOverride": null, "detail": null}'::jsonb || "numbers";--> statement-breakpoint
-- Found by the next connect.
UPDATE "sites" SET "fields" = '{"numbers": []}'::jsonb || "fields";
