/** What a failed call to the connector means for who wanted to say something. */
import { DeliveryError } from '../chat/exchange.ts'
import { messageOf } from '../shared/errors.ts'

export interface Refusal {
  /** Absent where no answer came. */
  status?: number
  /** Of the connector, or of the network. */
  code?: string
  message: string
  /** How long to wait, as the connector says. */
  retryAfterMs?: number
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const BUSY: ReadonlySet<number> = new Set([412, 429, 502, 503, 504])
/** Nobody was there to take it. */
const UNSENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const STREAM_CODE = 'ContentStreamNotAllowed'

/** The client's errors are told by their shape: it has several classes of one name. */
interface RestError {
  name: string
  message: string
  statusCode?: number
  code?: string
  details?: { error?: { code?: unknown; message?: unknown } }
  response?: { headers?: { get(name: string): string | undefined } }
}

/** Undefined for what was no call to the connector. */
export function refusalOf(error: unknown): Refusal | undefined {
  const found = error instanceof DeliveryError ? error.cause : error
  if (!(found instanceof Error) || found.name !== 'RestError') return undefined
  const { statusCode: status, code, details, response, message } = found as RestError
  const named = details?.error?.code ?? code
  const seconds = Number(response?.headers?.get('retry-after') ?? Number.NaN)
  return {
    message: typeof details?.error?.message === 'string' ? details.error.message : message,
    ...(status === undefined ? {} : { status }),
    ...(typeof named === 'string' ? { code: named } : {}),
    ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}),
  }
}

/**
 * Whether to try once more after a while. Microsoft asks for that also where what was sent may have arrived already (502, 504): better twice than
 * never. A connection that broke says nothing, so only what can be done twice without harm is then done again.
 */
export function mayPass({ status, code }: Refusal, { repeatable }: { repeatable: boolean }): boolean {
  if (status === undefined) return repeatable || UNSENT.has(code ?? '')
  return BUSY.has(status) || (repeatable && status >= 500)
}

/** It may have arrived although nobody said so. */
export function isDoubtful(error: unknown): boolean {
  const refusal = refusalOf(error)
  if (refusal === undefined) return false
  return refusal.status === undefined ? !UNSENT.has(refusal.code ?? '') : refusal.status >= 500 && refusal.status !== 503
}

/** A stream that Teams doesn't take, or takes no longer. */
export function isStreamEnd(error: unknown): boolean {
  const refusal = refusalOf(error)
  return refusal?.status === 403 && refusal.code === STREAM_CODE
}

/** The bot may not speak in the conversation any more, or there is none. */
export function isConversationGone(error: unknown): boolean {
  const { status, code } = refusalOf(error) ?? {}
  return (status === 403 && code !== STREAM_CODE) || (status === 404 && code === 'ConversationNotFound')
}

/** A refusal that is neither is a fault of ours, and stays what it is. */
export function asDeliveryError(error: unknown, call: string): unknown {
  const refusal = refusalOf(error)
  if (refusal === undefined || error instanceof DeliveryError) return error
  const { status, code = 'no code', retryAfterMs: _ } = refusal
  const said = `${call}: ${status ?? 'no answer'} (${code})`
  if (status === 403 || status === 404 || status === 410) return new DeliveryError('gone', said, { cause: error })
  if (status === undefined || status === 401 || status === 408 || status === 412 || status === 429 || status >= 500)
    return new DeliveryError('later', said, { cause: error })
  return new Error(`${said}: ${messageOf(error)}`, { cause: error })
}
