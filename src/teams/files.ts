/**
 * Files for one person: Teams asks them first, and says where to put the file when they agree.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
 */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { DeliveryError, type SentFile } from '../chat/exchange.ts'
import { UserError } from '../shared/errors.ts'
import { isLoopback } from '../shared/loopback.ts'
import type { Outgoing } from './messenger.ts'

interface Offered {
  tenant: string
  person: string
  name: string
  content: Buffer
  until: number
}

export interface Consent {
  accepted: boolean
  /** What was offered. */
  file: string
  /** Where it goes, and where it is then. */
  upload?: { uploadUrl: string; contentUrl: string; name: string; uniqueId: string; fileType: string }
}

export interface Files {
  /** The message that asks. */
  offer(tenant: string, person: string, file: SentFile): Outgoing
  /** @returns the message that shows the file @throws UserError when it is no longer there, DeliveryError when it could not be sent */
  give(tenant: string, person: string, consent: Consent): Promise<Outgoing>
  withdraw(file: string): void
}

const CONSENT_CARD = 'application/vnd.microsoft.teams.card.file.consent'
const INFO_CARD = 'application/vnd.microsoft.teams.card.file.info'
/** In memory: they are made anew with a press. */
const KEPT_MS = 60 * 60_000
const MOST = 100
const TIMEOUT_MS = 30_000
const GONE = 'That file is no longer here: export once more.'

const secureUrl = z.url().refine((url) => isSecure(URL.parse(url)))

const consentValue = z.object({
  action: z.enum(['accept', 'decline']),
  context: z.object({ file: z.string().max(100) }),
  uploadInfo: z
    .object({
      uploadUrl: secureUrl,
      contentUrl: secureUrl,
      name: z.string(),
      uniqueId: z.string(),
      fileType: z.string(),
    })
    .optional()
    .catch(undefined),
})

export function readConsent(value: unknown): Consent | undefined {
  const read = consentValue.safeParse(value).data
  if (read === undefined) return undefined
  return { accepted: read.action === 'accept', file: read.context.file, ...(read.uploadInfo === undefined ? {} : { upload: read.uploadInfo }) }
}

export function createFiles(now: () => number = Date.now): Files {
  const offered = new Map<string, Offered>()
  return {
    offer(tenant, person, { name, title, content }) {
      for (const [id, { until }] of offered) if (until < now()) offered.delete(id)
      const bytes = Buffer.from(content())
      const file = randomUUID()
      offered.set(file, { tenant, person, name, content: bytes, until: now() + KEPT_MS })
      const [oldest] = offered.keys()
      if (offered.size > MOST && oldest !== undefined) offered.delete(oldest)
      const context = { file }
      return {
        type: 'message',
        summary: title,
        attachments: [
          { contentType: CONSENT_CARD, name, content: { description: title, sizeInBytes: bytes.length, acceptContext: context, declineContext: context } },
        ],
      } as Outgoing
    },

    async give(tenant, person, { file, upload }) {
      const found = offered.get(file)
      if (found === undefined || found.until < now() || found.tenant !== tenant || found.person !== person || upload === undefined) throw new UserError(GONE)
      await put(upload.uploadUrl, found.content)
      offered.delete(file)
      const { contentUrl, name, uniqueId, fileType } = upload
      return { type: 'message', summary: name, attachments: [{ contentType: INFO_CARD, contentUrl, name, content: { uniqueId, fileType } }] } as Outgoing
    },

    withdraw: (file) => void offered.delete(file),
  }
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
