/** Requests and answers over HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Wire } from './world.ts'

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Arguments as a form or as JSON; undefined for anything else. */
export function readArguments(body: Buffer, contentType: string | undefined): Wire | undefined {
  const type = contentType?.split(';')[0]?.trim()
  if (body.length === 0) return {}
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body.toString()))
  if (type !== 'application/json') return undefined
  try {
    const parsed: unknown = JSON.parse(body.toString())
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Wire) : undefined
  } catch {
    return undefined
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body))
}
