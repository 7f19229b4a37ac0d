/** One JSON value a line in, one a line out, in the same order. */
import type * as z from 'zod'
import { UserError } from '../shared/errors.ts'
import type { CommandIO } from './io.ts'

/**
 * Handles each line of standard input; a line that can't be handled becomes a line `{"id", "error"}`,
 * so that answers stay in step with questions.
 * @returns how many lines failed
 */
export async function eachJsonLine<Request extends { id?: string | undefined }>(
  io: CommandIO,
  schema: z.ZodType<Request>,
  handle: (request: Request) => Promise<unknown>,
): Promise<number> {
  let failed = 0
  let number = 0
  for await (const line of io.lines()) {
    number++
    if (line.trim() === '') continue
    let id: unknown
    try {
      const value = readLine(line)
      id = (value as { id?: unknown } | null)?.id
      io.out(`${JSON.stringify(await handle(readRequest(value, schema)))}\n`)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failed++
      io.err(`cairn: line ${number}: ${error.message}\n`)
      io.out(`${JSON.stringify({ ...(typeof id === 'string' ? { id } : {}), error: `line ${number}: ${error.message}` })}\n`)
    }
  }
  return failed
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new UserError('this is not JSON: write one object a line')
  }
}

function readRequest<Request>(value: unknown, schema: z.ZodType<Request>): Request {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new UserError(`${issue?.path.join('.') || 'the line'} ${issue?.message}`)
}
