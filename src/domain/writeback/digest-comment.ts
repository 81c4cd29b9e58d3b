import type { Digest, DigestCheckIn, DigestDanger, DigestMove, DigestName } from '../digest/team-digest.ts'
import type { CommentBlock, CommentDocument, CommentRun } from './comment-document.ts'
import type { Say } from './messages.ts'
import { changesList } from './movement-words.ts'
import { detailSentence } from './warning-comment.ts'
import { warningName } from './warning-name.ts'

/** More of one kind of news is counted, not listed: Jira takes 32,767 characters, and people fewer. */
const LINES_SHOWN = 8

/** A team's digest: what moved, what is in danger and what is out of it, what the current work serves. */
export function digestComment(digest: Digest, say: Say): CommentDocument {
  const { teamTitle, day, moved, danger, recovered, serves, checkIns = [] } = digest
  return {
    blocks: [
      { kind: 'heading', runs: [text(say('digest.title', { team: teamTitle, day }))] },
      ...part(
        say('digest.moved'),
        moved.map((one) => [name(one), text(moveWords(one, say))]),
        say,
      ),
      ...part(
        say('digest.danger'),
        danger.map((one) => dangerRuns(one, say)),
        say,
      ),
      ...part(
        say('digest.recovered'),
        recovered.map((one) => [name(one), text(` · ${warningName(one, say)}`)]),
        say,
      ),
      ...part(
        say('digest.serves'),
        serves.map(({ objective, title, issuesInProgress }) => [
          text(`${objective} ${title} · ${say('digest.working', { issues: issuesInProgress })}`),
        ]),
        say,
      ),
      ...part(
        say('digest.checkIns'),
        checkIns.map((one) => [name(one), text(` · ${askedWords(one, say)}`)]),
        say,
      ),
      { kind: 'paragraph', runs: [text(say('digest.provenance'))] },
    ],
  }
}

function part(title: string, lines: readonly CommentRun[][], say: Say): CommentBlock[] {
  if (lines.length === 0) return []
  const left = lines.length - LINES_SHOWN
  const shown = lines.slice(0, LINES_SHOWN)
  const items = left > 0 ? [...shown, [text(say('digest.more', { count: left }))]] : shown
  return [
    { kind: 'paragraph', runs: [{ kind: 'text', text: title, style: 'strong' }] },
    { kind: 'list', items },
  ]
}

function text(line: string): CommentRun {
  return { kind: 'text', text: line }
}

function name({ key, title, url }: DigestName): CommentRun {
  return { kind: 'link', text: `${key} ${title}`.trimEnd(), href: url }
}

function askedWords({ asked, sinceDay }: DigestCheckIn, say: Say): string {
  return [...asked.map((one) => say(`digest.asked.${one}`)), say('digest.since', { day: sinceDay })].join(
    ' · ',
  )
}

function moveWords(move: DigestMove, say: Say): string {
  const { progressPercent, progressPercentBefore, health, healthBefore, changes } = move
  const parts = [
    progressPercent === null || progressPercent === progressPercentBefore
      ? null
      : say('digest.progress', { before: (progressPercentBefore ?? 0) / 100, now: progressPercent / 100 }),
    healthBefore === null || health === healthBefore
      ? null
      : say('digest.health', { before: say(`health.${healthBefore}`), now: say(`health.${health}`) }),
    changesList(changes, say),
  ].filter((words) => words !== null)
  return parts.length === 0 ? '' : ` · ${parts.join(' · ')}`
}

function dangerRuns(danger: DigestDanger, say: Say): CommentRun[] {
  const { level, facts, isNew, sinceDay } = danger
  const { numbers, detail } = facts
  const words = [
    numbers.progressPercent === null
      ? null
      : say('progress.reached', { progressShare: numbers.progressPercent / 100 }),
    detail.kind === 'health' ? null : detailSentence(detail, say),
    isNew ? say('digest.new') : say('digest.since', { day: sinceDay }),
  ].filter((line) => line !== null)
  return [
    { kind: 'status', text: warningName(danger, say), color: level === 'off_track' ? 'red' : 'yellow' },
    text(' '),
    name(danger),
    text(` · ${words.join(' · ')}`),
  ]
}
