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
    let id: string | undefined
    try {
      const request = parseLine(line, number, schema)
      id = request.id
      io.out(`${JSON.stringify(await handle(request))}\n`)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failed++
      io.err(`cairn: line ${number}: ${error.message}\n`)
      io.out(`${JSON.stringify({ ...(id === undefined ? {} : { id }), error: error.message })}\n`)
    }
  }
  return failed
}

function parseLine<Request>(line: string, number: number, schema: z.ZodType<Request>): Request {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new UserError(`line ${number} is not JSON: write one object a line`)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new UserError(`line ${number}: ${issue?.path.join('.') || 'the line'} ${issue?.message}`)
}
