/** What a command may touch of the process; tests give it buffers instead. */
export interface CommandIO {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Standard output: results only. */
  out(text: string): void
  /** Standard error: everything else. */
  err(text: string): void
  /** Lines of standard input. */
  lines(): AsyncIterable<string>
  /** Whether a person watches standard error. */
  readonly isTerminal: boolean
  /** Resolves when the process is asked to stop. */
  stopped(): Promise<string>
}
