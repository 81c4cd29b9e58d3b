import { asc, eq } from 'drizzle-orm'
import type { TemplateRecords } from '../../app/ports/templates.ts'
import type { GoalTemplate } from '../../domain/templates/goal-template.ts'
import type { Executor } from './executor.ts'
import { templates } from './schema.ts'

export function createTemplateRecords(db: Executor): TemplateRecords {
  return {
    async list() {
      const rows = await db.select().from(templates).orderBy(asc(templates.name))
      return rows.map(templateOf)
    },

    async one(name) {
      const rows = await db.select().from(templates).where(eq(templates.name, name))
      return rows[0] === undefined ? null : templateOf(rows[0])
    },

    async insert({ name, title, savedAt, objectives }) {
      const inserted = await db
        .insert(templates)
        .values({ name, title, savedAt, document: { version: 1, objectives } })
        .onConflictDoNothing()
        .returning({ name: templates.name })
      return inserted.length > 0
    },

    async remove(name) {
      await db.delete(templates).where(eq(templates.name, name))
    },
  }
}

function templateOf({ name, title, savedAt, document }: typeof templates.$inferSelect): GoalTemplate {
  const { objectives } = document as Pick<GoalTemplate, 'objectives'>
  return { name, title, savedAt, objectives }
}
