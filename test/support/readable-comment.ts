import type { CommentDocument, CommentRun } from '../../src/domain/writeback/comment-document.ts'

/** A comment as a person would copy it down: [lozenge], **strong**, @mention, text <address>. */
export function readable(document: CommentDocument): string {
  const line = (runs: readonly CommentRun[]) => runs.map(run).join('')
  return document.blocks
    .map((block) => {
      if (block.kind === 'list') return block.items.map((item) => `- ${line(item)}`).join('\n')
      return (block.kind === 'heading' ? '# ' : '') + line(block.runs)
    })
    .join('\n')
}

function run(it: CommentRun): string {
  switch (it.kind) {
    case 'link':
      return `${it.text} <${it.href}>`
    case 'status':
      return `[${it.text}]`
    case 'mention':
      return `@${it.text} (${it.accountId})`
    case 'text':
      return it.style === 'strong' ? `**${it.text}**` : it.text
  }
}
