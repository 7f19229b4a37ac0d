/** Reads one cookie of a request. */
import type { FastifyRequest } from 'fastify'

/** @param form what it looks like if we made it: anything else is as if it were not there */
export function readCookie({ headers }: FastifyRequest, name: string, form: RegExp): string | undefined {
  const values = (headers.cookie ?? '').split(';').flatMap((pair) => {
    const [key, value] = pair.trim().split('=')
    return key === name && value !== undefined ? [value] : []
  })
  return values.find((value) => form.test(value))
}
