CREATE TABLE "sprint_results" (
	"key_result" text PRIMARY KEY NOT NULL,
	"complete_at" timestamptz(3) NOT NULL,
	"result" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "told_sprints" (
	"site_id" text NOT NULL,
	"sprint_id" integer NOT NULL,
	"complete_at" timestamptz(3) NOT NULL,
	CONSTRAINT "told_sprints_site_id_sprint_id_pk" PRIMARY KEY("site_id","sprint_id")
);
--> statement-breakpoint
CREATE INDEX "sprints_completed" ON "sprints" USING btree ("complete_at") WHERE state = 'closed';