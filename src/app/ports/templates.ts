import type { GoalTemplate } from '../../domain/templates/goal-template.ts'

/** Sets of objectives that cycles can be started from. */
export interface TemplateRecords {
  /** By name. */
  list(): Promise<GoalTemplate[]>
  one(name: string): Promise<GoalTemplate | null>
  /** False when the name is taken. */
  insert(template: GoalTemplate): Promise<boolean>
  remove(name: string): Promise<void>
}
