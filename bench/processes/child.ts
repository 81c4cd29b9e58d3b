import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A process of its own that answers questions, one at a time. */
export interface Child<Question, Answer> extends AsyncDisposable {
  readonly pid: number
  /** Rejects when the child fails or ends before it answers. */
  ask(question: Question): Promise<Answer>
}

type Reply<Answer> =
  { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'failed'; readonly error: string }

/** Starts a file that calls `answerParent`. */
export function startChild<Question, Answer>(file: URL): Child<Question, Answer> {
  const child = fork(file, [], { serialization: 'advanced', execArgv: [] })
  const ended = once(child, 'exit')
  return {
    pid: child.pid ?? 0,
    async ask(question) {
      const reply = once(child, 'message') as Promise<[Reply<Answer>]>
      child.send(question as object)
      const first = await Promise.race([reply, ended.then(([code]) => String(code))])
      if (typeof first === 'string') throw new Error(`${file.pathname} ended with ${first} without an answer`)
      if (first[0].kind === 'failed') throw new Error(`${file.pathname}: ${first[0].error}`)
      return first[0].answer
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

/** The child's side: answers until the parent lets go or is gone. */
export function answerParent(answer: (question: never) => Promise<unknown>): void {
  const send = (reply: Reply<unknown>) => process.send?.(reply)
  process.on('message', (question) => {
    answer(question as never).then(
      (value) => send({ kind: 'answer', answer: value }),
      (error: unknown) =>
        send({ kind: 'failed', error: String(error instanceof Error ? error.stack : error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}
