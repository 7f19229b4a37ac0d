/** What the bot says, as data: each platform renders and escapes it in its own way, and degrades what it can't show. */

export interface Reply {
  /** What stands in a notification, is read aloud, and is shown where nothing richer can be. Plain text. */
  summary: string
  blocks: readonly Block[]
}

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; parts: readonly Inline[] }
  | { kind: 'list'; items: readonly (readonly Inline[])[]; ordered?: boolean }
  /** Somebody's words: a passage's, or the person's own. */
  | { kind: 'quote'; parts: readonly Inline[] }
  /** Small print: progress, what a figure rests on. */
  | { kind: 'note'; parts: readonly Inline[] }
  /** A wording that can be read in full, beside the button that picks it. */
  | { kind: 'option'; parts: readonly Inline[]; button: Button }
  | { kind: 'table'; caption: string; head: readonly string[]; rows: readonly (readonly string[])[] }
  /** Numbered as in the text above; also readable where nothing can be pressed. */
  | { kind: 'sources'; items: readonly Source[] }
  | { kind: 'picture'; picture: ShownPicture }
  | { kind: 'buttons'; items: readonly (Button | Menu)[] }
  /** Was this answer right? Two buttons, in the platform's own form where it has one. */
  | { kind: 'feedback'; answer: string }
  | { kind: 'divider' }

export type Inline =
  | { kind: 'text'; text: string; strong?: boolean; emphasis?: boolean; code?: boolean }
  | { kind: 'link'; label: string; url: string }
  /** The platform's id of a person; shown by name. */
  | { kind: 'person'; id: string }
  /** A channel. */
  | { kind: 'place'; id: string; name: string }
  /** A time (ISO 8601, UTC), shown in the reader's zone where the platform can; `zone` (IANA) where it can't. */
  | { kind: 'time'; at: string; zone: string; form: 'day' | 'moment' }

export interface Source {
  n: number
  title: string
  /** A sentence of the passage, letter for letter. */
  quote: string
  url: string
  /** Opens the passage. */
  open: Press
}

export interface ShownPicture {
  title: string
  /** Says the same as the picture. */
  alt: string
  /** A file name without folder. */
  file: string
  /** @param longestSide in pixels, at most */
  png(longestSide?: number): Buffer
}

export interface Button {
  kind: 'button'
  label: string
  press: Press
  style?: 'primary' | 'danger'
  /** Asked before it counts. */
  confirm?: string
}

export interface Menu {
  kind: 'menu'
  label: string
  options: readonly { label: string; press: Press }[]
}

/** What pressing something means: a feature's word for it and what it needs to know. Small: it travels inside the message. */
export interface Press {
  on: string
  with?: PressArgs
}

export type PressArgs = Readonly<Record<string, string | number | boolean>>

/** Fields to fill in, or without any something to read; a dialog where the platform has dialogs, else a card. */
export interface Form {
  /** At most 24 characters. */
  title: string
  blocks?: readonly Block[]
  fields: readonly Field[]
  /** What handing it in means; absent on what is only read. */
  submit?: Press & { label: string }
}

interface FieldBase {
  id: string
  label: string
  hint?: string
  optional?: boolean
}

export type Field =
  | (FieldBase & { kind: 'line' | 'area'; placeholder?: string; initial?: string; longest?: number })
  | (FieldBase & { kind: 'choice'; options: readonly FieldOption[]; initial?: string })
  | (FieldBase & { kind: 'choices'; options: readonly FieldOption[]; initial?: readonly string[] })
  | (FieldBase & { kind: 'people'; initial?: readonly string[] })
  /** `2026-12-24` */
  | (FieldBase & { kind: 'day'; initial?: string })
  /** `17:00` */
  | (FieldBase & { kind: 'time'; initial?: string })

export interface FieldOption {
  value: string
  label: string
  description?: string
}

/** Of a field that was left empty nothing; of `choices` and `people` a list. */
export type FormValues = Readonly<Record<string, string | readonly string[] | undefined>>

/** What is wrong with which field. */
export type FormErrors = Readonly<Record<string, string>>

/** Something to begin a conversation with: shown by its title, said as the message, or pressed where it is a button. */
export interface Prompt {
  title: string
  message: string
  press: Press
}

export interface Submission {
  on: string
  with: PressArgs
  values: FormValues
}

export function words(text: string): Inline {
  return { kind: 'text', text }
}

export function strong(text: string): Inline {
  return { kind: 'text', text, strong: true }
}

/** A reply of plain sentences. */
export function plainReply(...sentences: readonly string[]): Reply {
  return { summary: sentences.join(' '), blocks: sentences.map((text) => ({ kind: 'text', parts: [words(text)] })) }
}
