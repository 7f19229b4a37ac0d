/** What a call of the Web API is given. */
import { jsonObject } from '../../testing/http-bodies.ts'
import type { Wire } from './world.ts'

/** Arguments as a form or as JSON; undefined for anything else. */
export function readArguments(body: Buffer, contentType: string | undefined): Wire | undefined {
  const type = contentType?.split(';')[0]?.trim()
  if (body.length === 0) return {}
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body.toString()))
  return type === 'application/json' ? jsonObject(body.toString()) : undefined
}
