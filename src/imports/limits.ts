/** What one document may cost. Whatever needs more is refused with a reason, never cut short in silence. */

/** A file or a download. The size of a file is looked at before anything of it is read. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024
/** All parts of a Word document together, unpacked. */
export const MAX_INFLATED_BYTES = 50 * 1024 * 1024
/** Elements within elements. Real pages stay under a hundred; parsers that call themselves run out of stack at thousands. */
export const MAX_NESTED_TAGS = 500
export const MAX_PDF_PAGES = 500
export const MAX_FEED_ITEMS = 500
/** The text of one document, about six hundred pages: more would keep the embedder busy for minutes. */
export const MAX_TEXT_CHARACTERS = 1_000_000
/** Sections and their parts; a book has a thousand. */
export const MAX_PASSAGES = 5_000
export const MAX_REDIRECTS = 5
/** All of a download: name look-up, redirects and body. */
export const FETCH_LIMIT_MS = 30_000
/** All of reading one document, the start of its thread included. */
export const PARSE_LIMIT_MS = 30_000
export const PARSE_HEAP_MB = 512

/** Retrieval and quotes like passages of this size at most. */
export const MAX_PASSAGE_WORDS = 350

export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / (1024 * 1024))} MB`
}
