CREATE TABLE "health_policies" (
	"name" text PRIMARY KEY NOT NULL,
	"policy" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"key" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"anchor_site_id" text,
	"anchor_issue_id" text,
	"notify" text NOT NULL,
	"calendar" jsonb NOT NULL,
	"end_of_day" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "health_standings" (
	"key_result" text PRIMARY KEY NOT NULL,
	"standing" jsonb,
	"policy" jsonb NOT NULL,
	"due_at" timestamptz(3)
);
--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "owner_account_id" text;--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "plan" jsonb DEFAULT '{"kind":"linear"}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "health_policy" text;--> statement-breakpoint
ALTER TABLE "key_results" ADD COLUMN "health_override" jsonb;--> statement-breakpoint
ALTER TABLE "objectives" ADD COLUMN "team" text;--> statement-breakpoint
ALTER TABLE "objectives" ADD COLUMN "health_policy" text;--> statement-breakpoint
CREATE INDEX "health_standings_due" ON "health_standings" USING btree ("due_at");--> statement-breakpoint
ALTER TABLE "objectives" ADD CONSTRAINT "objectives_team_teams_key_fk" FOREIGN KEY ("team") REFERENCES "public"."teams"("key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sprints_by_board" ON "sprints" USING btree ("site_id","board_id","sprint_id");--> statement-breakpoint
-- Numbers of older snapshots go on without what they could not hold yet.
UPDATE "snapshots" SET "numbers" = "numbers" || jsonb_build_object(
	'forecast', '{"kind":"none","reason":"nothing_to_deliver"}'::jsonb,
	'assessment', '{"policy":"balanced","gapPoints":null,"probability":null,"byPace":null,"byForecast":null,"heldBy":null,"heldUntil":null,"override":null}'::jsonb
		|| jsonb_build_object('computed', "numbers" -> 'assessment' -> 'health') || ("numbers" -> 'assessment')
) WHERE NOT "numbers" ? 'forecast';--> statement-breakpoint
-- Every key result is judged once, which says when to look at it again.
INSERT INTO "dirty_key_results" ("key_result", "generation", "needs_relink", "relink_wish")
SELECT "key", 1, false, 0 FROM "key_results" WHERE "archived_at" IS NULL
ON CONFLICT DO NOTHING;
