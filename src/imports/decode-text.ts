/** Bytes to text: by what the document says of itself where that fits the bytes, else by trying. */
import { UserError } from '../shared/errors.ts'

/** How far into a document its own declaration is looked for, as browsers do. */
const DECLARATION_BYTES = 2048
/** Text has hardly any control characters, a short one a few by accident; other data is full of them. */
const MAX_CONTROL_SHARE = 0.01
const FEW_CONTROLS = 10

/**
 * A byte order mark, then the server's word, then the document's own, then strict UTF-8, then Windows-1252.
 * A declaration that does not fit the bytes is passed over.
 * @throws UserError when the bytes are no text
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const marked = byteOrderMark(bytes)
  const text =
    marked !== undefined
      ? new TextDecoder(marked).decode(bytes)
      : [wideWithoutMark(bytes), declared, ownDeclaration(bytes), 'utf-8', 'windows-1252'].reduce<string | undefined>(
          (found, charset) => found ?? decodeStrictly(bytes, charset),
          undefined,
        )
  if (text === undefined || !isText(text))
    throw new UserError('is neither text nor a PDF or Word document: save it as one of Markdown, HTML, text, PDF or .docx')
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Two bytes a character: in Western text every other one is zero. */
function wideWithoutMark(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, DECLARATION_BYTES)
  if (head.length < 4) return undefined
  const zeros = [0, 0]
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const most = head.length * 0.3
  if ((zeros[1] ?? 0) > most && zeros[0] === 0) return 'utf-16le'
  return (zeros[0] ?? 0) > most && zeros[1] === 0 ? 'utf-16be' : undefined
}

function ownDeclaration(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, DECLARATION_BYTES))
  const declared = /<\?xml[^>]*?\bencoding=["']([\w-]+)/i.exec(head)?.[1] ?? /<meta[^>]*?\bcharset=["']?\s*([\w-]+)/i.exec(head)?.[1]
  // Bytes that could be read as far as this declaration are not two bytes a character.
  return declared !== undefined && /^utf-?16/i.test(declared) ? undefined : declared
}

function decodeStrictly(bytes: Uint8Array, charset: string | undefined): string | undefined {
  if (charset === undefined) return undefined
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    // Unknown by that name, or not what the bytes are: the next one is tried.
    return undefined
  }
}

function isText(text: string): boolean {
  const controls = text.match(/[\p{Cc}--[\t\n\r\f\v]]/gv)?.length ?? 0
  return controls <= Math.max(FEW_CONTROLS, text.length * MAX_CONTROL_SHARE) && !text.slice(0, DECLARATION_BYTES).includes('\0')
}
