/** Ends a command that has said everything already. */
export class ExitCode extends Error {
  readonly code: number

  constructor(code: number) {
    super(`ended with ${code}`)
    this.name = 'ExitCode'
    this.code = code
  }
}
