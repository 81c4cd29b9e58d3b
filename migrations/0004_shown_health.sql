ALTER TABLE "health_standings" ADD COLUMN "health" text;--> statement-breakpoint
-- What was shown last: a snapshot is taken whenever it changes. Without one, nothing was ever shown.
UPDATE "health_standings" SET "health" = coalesce((
	SELECT "numbers" -> 'assessment' ->> 'health' FROM "snapshots"
	WHERE "snapshots"."key_result" = "health_standings"."key_result" ORDER BY "id" DESC LIMIT 1
), "standing" ->> 'band', 'no_data') WHERE "health" IS NULL;--> statement-breakpoint
ALTER TABLE "health_standings" ALTER COLUMN "health" SET NOT NULL;--> statement-breakpoint
-- Every key result is judged once, which says by when to look at it again: on the next day at the latest.
INSERT INTO "dirty_key_results" ("key_result", "generation", "needs_relink", "relink_wish")
SELECT "key", 1, false, 0 FROM "key_results" WHERE "archived_at" IS NULL
ON CONFLICT DO NOTHING;--> statement-breakpoint
CREATE INDEX "issue_references_sprints" ON "issue_references" USING btree ("site_id","issue_id","reference") WHERE kind = 'sprint';
