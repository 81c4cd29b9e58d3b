/** A number of issues and the sum of their points; an issue without points adds none. */
export interface Amount {
  readonly issues: number
  readonly points: number
}

/** A sprint as it stood at one instant: all that a forecast of its end may look at. */
export interface SprintObservation {
  /** Whose history may be learned from: an organisation, a site. */
  readonly group: string
  readonly board: string
  readonly sprint: string
  /** Share of the planned time that has passed, 0 to 1. */
  readonly elapsedShare: number
  readonly plannedDays: number
  /** In the sprint when it started. */
  readonly start: Amount
  /** Came in after the start, whether it stayed or not. */
  readonly added: Amount
  /** Was in after the start, and is not any more. */
  readonly removed: Amount
  readonly toDo: Amount
  readonly inProgress: Amount
  readonly done: Amount
  /** People who work on its issues. */
  readonly teamSize: number
}

/** Fewer points are what rounding leaves of none. */
export const LEAST_POINTS = 1e-6

export const NOTHING: Amount = { issues: 0, points: 0 }

/** What is in the sprint at that moment: to do, in progress and done. */
export function scopeOf({ toDo, inProgress, done }: SprintObservation): Amount {
  return {
    issues: toDo.issues + inProgress.issues + done.issues,
    points: toDo.points + inProgress.points + done.points,
  }
}

/** What is not done of it; summed by itself, so that nothing left is exactly nothing. */
export function leftOf({ toDo, inProgress }: SprintObservation): Amount {
  return { issues: toDo.issues + inProgress.issues, points: toDo.points + inProgress.points }
}
