/** Seals what must not be read in a copy of the database: AES-256-GCM, each box naming the key that opens it, so that keys can be changed. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { UserError } from './errors.ts'

export interface SecretBox {
  /** @param purpose what it is and whose: a box that is copied elsewhere doesn't open */
  seal(text: string, purpose: string): string
  /** @throws UserError when no key opens it @throws Error when it was changed, or belongs to another purpose */
  open(sealed: string, purpose: string): string
  /** Sealed with a key that is no longer the current one. */
  isOld(sealed: string): boolean
}

const VERSION = 'v1'
const ALGORITHM = 'aes-256-gcm'
/** What GCM is made for; a new one for each box. */
const IV_BYTES = 12
const TAG_BYTES = 16

/** @param keys 64 hexadecimal digits each: the current one first, then former ones, which only open */
export function createSecretBox([current, ...former]: readonly [string, ...string[]]): SecretBox {
  const keys = new Map([current, ...former].map((hex) => [idOf(hex), Buffer.from(hex, 'hex')]))
  const currentId = idOf(current)
  return {
    seal(text, purpose) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(ALGORITHM, Buffer.from(current, 'hex'), iv, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(purpose))
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [VERSION, currentId, ...[iv, cipher.getAuthTag(), content].map((part) => part.toString('base64url'))].join('.')
    },

    open(sealed, purpose) {
      const [version, id = '', iv = '', tag = '', content = ''] = sealed.split('.')
      const key = version === VERSION ? keys.get(id) : undefined
      if (key === undefined)
        throw new UserError(
          `what was sealed with the key ${id.slice(0, 8)} can't be opened: put that key into CAIRN_SECRET_KEY_FORMER, or install the app again`,
        )
      const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, 'base64url'), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(purpose))
      decipher.setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(content, 'base64url')), decipher.final()]).toString('utf8')
    },

    isOld: (sealed) => sealed.split('.')[1] !== currentId,
  }
}

/** Names a key without telling anything of it. */
function idOf(hex: string): string {
  return createHash('sha256').update(`cairn-key:${hex.toLowerCase()}`).digest('hex').slice(0, 8)
}
