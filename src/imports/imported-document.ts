/** What is kept of an imported document: one file each, readable and complete, from which the corpus is made. */
import * as z from 'zod'

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const SECTION_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)*$/

const section = z.strictObject({
  /** Unique within the document. */
  id: z.string().regex(SECTION_ID),
  /** The headings that lead here, outermost first, without the document's title. */
  path: z.array(z.string().min(1)).min(1),
  /** As in `Passage`: paragraphs parted by blank lines, list items on lines that begin with "- ". */
  text: z.string().min(1),
  /** The part of the address behind `#`. */
  fragment: z.string().optional(),
})

export const importedDocument = z.strictObject({
  id: z.string().regex(ID),
  title: z.string().min(1),
  /** What is cited: a web address, or the name of the file. */
  address: z.string().min(1),
  /** What was imported: the same, but for the item of a feed the feed. */
  source: z.string().min(1),
  /** Tells files of the same name apart, without saying where on the machine they lie. */
  sourceKey: z.string().optional(),
  importedAt: z.iso.datetime(),
  /** Of title, address and sections: tells whether anything has changed. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  sections: z.array(section).min(1),
})

export type ImportedDocument = z.infer<typeof importedDocument>
export type ImportedSection = ImportedDocument['sections'][number]
