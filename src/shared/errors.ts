/**
 * A failure the user can mend: its message is one line that says what is wrong and what to do.
 * Everything else that is thrown is a fault of ours.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError'
}

/** The one-line message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The system's error code (`ENOENT`, `EADDRINUSE`, …), if there is one. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : undefined
}
