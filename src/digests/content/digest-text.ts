/** A digest in words, still as data: the chat puts it into its own form. */
import type { Picture } from '../../pictures/picture.ts'
import type { LevelChoice } from './digest-content.ts'

/** As the parts of a chat's text, so that they can be passed on as they are. */
export type TextPart =
  | { kind: 'text'; text: string; strong?: boolean }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'person'; id: string }
  | { kind: 'time'; at: string; zone: string; form: 'day' | 'moment' }

export type DigestButton =
  /** Answers the section with the level of the choice. */
  | { kind: 'level'; model: string; section: string; choice: LevelChoice }
  /** Where one answer is not enough. */
  | { kind: 'assess'; model: string }
  | { kind: 'make-action'; model: string; section: string; passage: string; text: string }
  | { kind: 'open-actions' }
  | { kind: 'answer-round'; round: string; name: string }
  | { kind: 'show-results'; model: string }
  /** It is not sent until somebody wants it again. */
  | { kind: 'mute' }
  | { kind: 'change' }
  | { kind: 'why' }

export interface DigestLine {
  about: 'changes' | 'step' | 'actions' | 'rounds' | 'stale-question' | 'trend' | 'gaps' | 'disagreement' | 'asked' | 'organisation' | 'nothing' | 'digest'
  parts: readonly TextPart[]
  buttons: readonly DigestButton[]
}

export interface DigestSource {
  /** As it is numbered in the text. */
  n: number
  passage: string
  title: string
  /** A sentence of the passage, letter for letter. */
  quote: string
  url: string
}

export interface DigestText {
  /** For a notification. */
  summary: string
  heading: string
  /** A chat model's, about all of it. */
  sentence?: string
  /** Small print: which period, and that it comes late. */
  notes: readonly (readonly TextPart[])[]
  /** Of a weekly one at most six. */
  lines: readonly DigestLine[]
  sources: readonly DigestSource[]
  picture?: Picture
  /** The answer to "why am I getting this?". */
  why: readonly TextPart[]
}

export function words(text: string): TextPart {
  return { kind: 'text', text }
}

export function strong(text: string): TextPart {
  return { kind: 'text', text, strong: true }
}

export function line(about: DigestLine['about'], parts: readonly TextPart[], buttons: DigestLine['buttons'] = []): DigestLine {
  return { about, parts, buttons }
}

/** People are left out: who they are is the platform's to say. */
export function plain(parts: readonly TextPart[]): string {
  return parts.map(plainPart).join('')
}

function plainPart(part: TextPart): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'link':
      return part.label
    case 'time':
      return part.at
    case 'person':
      return 'somebody'
  }
}
