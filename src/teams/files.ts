/**
 * Files for one person: Teams asks them first, and says where to put the file when they agree. What asks carries what makes the file, so that it
 * does not matter which process asked, or when. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
 */
import * as z from 'zod'
import { DeliveryError, type SentFile } from '../chat/exchange.ts'
import type { Press } from '../chat/reply.ts'
import { UserError } from '../shared/errors.ts'
import { isLoopback } from '../shared/loopback.ts'
import type { Outgoing } from './messenger.ts'
import { pressData, readPress } from './render/read-press.ts'

export interface Consent {
  accepted: boolean
  /** What makes the file; undefined where it is none of ours. */
  file: Press | undefined
  /** Where it goes, and where it is then. */
  upload: Upload | undefined
}

export type Upload = z.infer<typeof uploadInfo>

const CONSENT_CARD = 'application/vnd.microsoft.teams.card.file.consent'
const INFO_CARD = 'application/vnd.microsoft.teams.card.file.info'
const TIMEOUT_MS = 30_000
const NO_PLACE = 'Teams did not say where the file goes: export once more.'

const secureUrl = z.url().refine((url) => isSecure(URL.parse(url)))
const uploadInfo = z.object({ uploadUrl: secureUrl, contentUrl: secureUrl, name: z.string(), uniqueId: z.string(), fileType: z.string() })
const consentValue = z.object({ action: z.enum(['accept', 'decline']), context: z.unknown().optional(), uploadInfo: uploadInfo.optional().catch(undefined) })

export function readConsent(value: unknown): Consent | undefined {
  const read = consentValue.safeParse(value).data
  return read && { accepted: read.action === 'accept', file: readPress(read.context), upload: read.uploadInfo }
}

/** The message that asks. */
export function consentMessage({ name, title, content, again }: SentFile): Outgoing {
  const context = pressData(again)
  const sizeInBytes = Buffer.byteLength(content())
  return {
    type: 'message',
    summary: title,
    attachments: [{ contentType: CONSENT_CARD, name, content: { description: title, sizeInBytes, acceptContext: context, declineContext: context } }],
  } as Outgoing
}

/** @returns the message that shows the file @throws UserError, DeliveryError when it could not be sent */
export async function putFile({ content }: SentFile, upload: Upload | undefined): Promise<Outgoing> {
  if (upload === undefined) throw new UserError(NO_PLACE)
  const { uploadUrl, contentUrl, name, uniqueId, fileType } = upload
  await put(uploadUrl, Buffer.from(content()))
  return { type: 'message', summary: name, attachments: [{ contentType: INFO_CARD, contentUrl, name, content: { uniqueId, fileType } }] } as Outgoing
}

async function put(url: string, content: Buffer): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream', 'content-range': `bytes 0-${content.length - 1}/${content.length}` }
  const response = await fetch(url, { method: 'PUT', body: new Uint8Array(content), headers, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (error: unknown) => {
      throw new DeliveryError('later', 'a file could not be sent', { cause: error })
    },
  )
  if (!response.ok) throw new DeliveryError('later', `a file could not be sent: HTTP ${response.status}`)
}

function isSecure(url: URL | null): boolean {
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
}
