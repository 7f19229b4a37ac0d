/** The body of a request, as long as an activity may be. */
import type { IncomingMessage } from 'node:http'

const MOST_BYTES = 1024 * 1024

export class TooLong extends Error {
  override readonly name = 'TooLong'
}

/** @returns undefined for what is no JSON object @throws TooLong */
export async function readBody(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) throw new TooLong()
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > MOST_BYTES) throw new TooLong()
    pieces.push(piece)
  }
  return objectIn(Buffer.concat(pieces).toString('utf8'))
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
