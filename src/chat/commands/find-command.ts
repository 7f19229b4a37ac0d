/** Which command somebody means by the first word they typed; a slip of the finger is understood, not obeyed. */
import { distance } from 'fastest-levenshtein'
import type { Command } from '../feature.ts'

export type Found = { kind: 'command'; command: Command; words: string } | { kind: 'unknown'; word: string; nearest?: Command } | { kind: 'nothing' }

/** "asess", "resulst": longer words may be further off. */
const MOST_SLIPS = 2
const LONG_WORD = 5

export function findCommand(typed: string, commands: readonly Command[]): Found {
  const text = typed.trim()
  if (text === '') return { kind: 'nothing' }
  const [first = ''] = text.split(/\s+/, 1)
  const word = first.toLowerCase()
  const command = commands.find(({ name }) => name === word)
  if (command !== undefined) return { kind: 'command', command, words: text.slice(first.length).trim() }
  const [nearest] = commands
    .map((each) => ({ each, slips: distance(word.slice(0, 40), each.name) }))
    .filter(({ slips, each }) => slips <= (each.name.length < LONG_WORD ? 1 : MOST_SLIPS))
    .toSorted((a, b) => a.slips - b.slips)
  return { kind: 'unknown', word: first, ...(nearest === undefined ? {} : { nearest: nearest.each }) }
}

/** A message to the bot begins like a command and is not a question or a sentence that happens to begin with its word. */
export function isCommandMessage(typed: string, commands: readonly Command[]): boolean {
  const found = findCommand(typed, commands)
  if (found.kind !== 'command') return false
  if (found.command.name === 'ask') return true
  if (typed.includes('?')) return false
  const { usage, isMeant } = found.command
  const most = usage === '' ? 0 : MOST_WORDS
  return found.words.split(/\s+/).filter(Boolean).length <= most || isMeant?.(found.words) === true
}

/** `results for the payments team`, not `results of audits are kept where nobody finds them`. */
const MOST_WORDS = 5
