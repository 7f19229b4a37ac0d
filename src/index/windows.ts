/** Cuts passages into pieces that an embedder takes in whole, each with its heading path. */
import { createHash } from 'node:crypto'
import type { Passage } from '../corpus/passage.ts'
import { splitSentences } from '../corpus/sentences.ts'

/**
 * In estimated tokens. The embedded model ignores what follows its 128th; names it does not know ("Kubernetes")
 * make an estimate fall short by up to a sixth.
 */
const MAX_TOKENS = 112

export interface Window {
  /** Same text, same key: by it vectors are found again. */
  key: string
  passage: string
  text: string
}

export function windowsOf(passage: Passage): Window[] {
  const windows: Window[] = []
  const heading = headingOf(passage)
  const budget = MAX_TOKENS - estimateTokens(heading)
  let open: string[] = []
  const close = () => {
    if (open.length > 0) windows.push(toWindow(passage, `${heading}. ${open.join(' ')}`))
    open = []
  }
  for (const sentence of splitSentences(passage.text).flatMap((each) => cutToFit(each, budget))) {
    if (open.length > 0 && estimateTokens([...open, sentence].join(' ')) > budget) close()
    open.push(sentence)
  }
  close()
  return windows
}

/** The heading path without the model's title, which is long, the same everywhere, and recognized by name. */
function headingOf(passage: Passage): string {
  return passage.title.split(' › ').slice(1).join(' › ')
}

function toWindow(passage: Passage, text: string): Window {
  return { key: createHash('sha256').update(text).digest('base64url').slice(0, 22), passage: passage.id, text }
}

/** A sentence longer than a window is cut between words. */
function cutToFit(sentence: string, budget: number): string[] {
  if (estimateTokens(sentence) <= budget) return [sentence]
  const pieces: string[] = []
  let open = ''
  for (const word of sentence.split(' ').flatMap((each) => each.match(/.{1,60}/gsu) ?? [])) {
    const longer = open === '' ? word : `${open} ${word}`
    if (open !== '' && estimateTokens(longer) > budget) {
      pieces.push(open)
      open = word
    } else {
      open = longer
    }
  }
  return [...pieces, open]
}

/** The model's tokens, estimated without loading its tokenizer: about four letters each, capitals and marks one each. */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (const [piece] of text.matchAll(/[A-Z]{2,}|[A-Z]?[a-z]+|\S/gu)) {
    tokens += /^[A-Z]{2}/.test(piece) ? piece.length : Math.max(1, piece.length / 4)
  }
  return Math.ceil(tokens)
}
