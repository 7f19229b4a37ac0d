/** What an import is given, a file or a web address, as bytes with a name that may be kept. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { basename, isAbsolute, normalize, resolve, sep } from 'node:path'
import { codeOf, messageOf, UserError } from '../shared/errors.ts'
import type { FetchOptions } from './fetch-address.ts'
import { MAX_FILE_BYTES, megabytes } from './limits.ts'
import type { RawDocument } from './parse-document.ts'

export interface Source {
  /** A web address without fragment, or the name of a file; never where on the machine it lies. */
  address: string
  /** For a file: tells it from others of the same name. */
  key?: string
  raw: RawDocument
}

/** @throws UserError whose message goes behind the source's name */
export async function readSource(given: string, options: FetchOptions = {}): Promise<Source> {
  return isWebAddress(given) ? readWebAddress(given, options) : readNamedFile(given, options.maxBytes ?? MAX_FILE_BYTES)
}

export const isWebAddress = (given: string): boolean => /^[a-z][a-z\d+.-]*:\/\//i.test(given)

async function readWebAddress(given: string, options: FetchOptions): Promise<Source> {
  // Loaded only when it is used: every command would wait for the HTTP client.
  const { fetchAddress } = await import('./fetch-address.ts')
  const fetched = await fetchAddress(given, options)
  const url = new URL(given)
  url.hash = ''
  const path = url.pathname.split('/').filter((part) => part !== '')
  return { address: url.href, raw: { ...fetched, name: safelyDecoded(path.at(-1) ?? url.hostname) } }
}

function safelyDecoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // A stray "%" encodes nothing.
    return part
  }
}

async function readNamedFile(path: string, maxBytes: number): Promise<Source> {
  const address = nameOf(path)
  return { address, key: keyOf(path), raw: { bytes: await readWithin(path, maxBytes), name: basename(path) } }
}

/** A path below the working directory as it was given; of any other only the file's name. */
export function nameOf(path: string): string {
  const plain = normalize(path)
  return isAbsolute(plain) || plain.startsWith(`..${sep}`) ? basename(plain) : plain.split(sep).join('/')
}

export function keyOf(path: string): string {
  return createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16)
}

async function readWithin(path: string, maxBytes: number): Promise<Uint8Array> {
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const stats = await file.stat()
    if (stats.isDirectory()) throw new UserError('is a directory: name the files in it')
    if (!stats.isFile()) throw new UserError('is no ordinary file: copy its content into one and import that')
    if (stats.size > maxBytes) throw new UserError(`has ${megabytes(stats.size)}: at most ${megabytes(maxBytes)} are read, so split it`)
    return await file.readFile()
  } catch (error) {
    if (error instanceof UserError) throw error
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UserError('does not exist: check the path', { cause: error })
    throw new UserError(`can't be read (${code ?? messageOf(error)}): check its rights`, { cause: error })
  } finally {
    await file?.close()
  }
}
