/** Ids in the forms that Microsoft gives them: those of the seed are the same in every run, those of messages rise. */
import { createHash } from 'node:crypto'

export interface Ids {
  /** Milliseconds since 1970, later than every one before. */
  message(): string
  next(prefix: string): string
}

export function createIds(now: () => number = Date.now): Ids {
  let last = 0
  let counter = 0
  return {
    message() {
      last = Math.max(last + 1, now())
      return String(last)
    },
    next: (prefix) => `${prefix}${(++counter).toString(36).padStart(6, '0')}`,
  }
}

export function guidOf(name: string): string {
  const hex = digest(name, 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export function userId(name: string): string {
  return `29:1${digest(name, 'base64url')}`
}

export function personalId(name: string): string {
  return `a:1${digest(name, 'base64url')}`
}

export function groupId(name: string): string {
  return `19:${digest(name, 'hex').slice(0, 32)}@thread.v2`
}

export function channelId(name: string): string {
  return `19:${digest(name, 'hex').slice(0, 32)}@thread.tacv2`
}

function digest(name: string, encoding: 'hex' | 'base64url'): string {
  return createHash('sha256').update(name).digest(encoding)
}
