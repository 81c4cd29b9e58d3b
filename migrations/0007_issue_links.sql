CREATE TABLE "blocking_links" (
	"site_id" text NOT NULL,
	"link_id" text NOT NULL,
	"blocked_id" text NOT NULL,
	"blocker_id" text NOT NULL,
	"made_at" timestamptz(3),
	"removed_at" timestamptz(3),
	CONSTRAINT "blocking_links_site_id_link_id_pk" PRIMARY KEY("site_id","link_id")
);
--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "blockers" jsonb;--> statement-breakpoint
CREATE INDEX "blocking_links_by_blocked" ON "blocking_links" USING btree ("site_id","blocked_id");