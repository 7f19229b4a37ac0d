/** Replies and forms as nobody would write them, with what is hostile in Teams and with its people. */
import type { Chance } from '../../../assessments/testing/crash-random.ts'
import { type Randomly, randomly as randomReplies } from '../../../chat/render/testing/random-replies.ts'
import type { Form, Reply } from '../../../chat/reply.ts'
import { HOSTILE } from './hostile.ts'

export const NAMES: ReadonlyMap<string, string> = new Map([
  ['29:1abc_-DEF', 'Ada Lovelace'],
  ['7faf8ab2-3d56-4244-b585-20c8a42ed2b8', 'Bob *B* <at>Eve</at>'],
  ['29:2other', 'Ada Lovelace'],
  ['29:3empty', ''],
  ['no id', 'Nobody'],
])
const PEOPLE = [...NAMES.keys(), '29:unknown', '', '<at>Ada</at>']
/** What people read; the rest is ids and addresses. */
const READ = new Set(['text', 'label', 'title', 'quote', 'caption', 'hint', 'placeholder', 'name', 'description', 'summary', 'alt', 'confirm'])

export function randomly(chance: Chance): Randomly {
  const { happens, pick } = chance
  const swap = (value: unknown, name = ''): unknown => {
    if (Array.isArray(value)) return name === 'initial' ? value.map((each) => (happens(0.3) ? pick(PEOPLE) : each)) : value.map((each) => swap(each, name))
    if (typeof value === 'string') return isRead(name) && happens(0.3) ? `${value}${pick(HOSTILE)}` : value
    if (typeof value !== 'object' || value === null) return value
    const copy = Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, key === 'press' || key === 'open' || key === 'submit' ? each : swap(each, key)]),
    )
    return copy.kind === 'person' ? { ...copy, id: pick(PEOPLE) } : copy
  }
  const random = randomReplies(chance)
  /** What makes an answer of a reply with sources. */
  const asked = (reply: Reply): Reply => (happens(0.3) ? { ...reply, blocks: [...reply.blocks, { kind: 'feedback', answer: 'a1' }] } : reply)
  return { reply: () => asked(swap(random.reply()) as Reply), form: () => swap(random.form()) as Form }
}

function isRead(name: string): boolean {
  return READ.has(name) || name === 'head' || name === 'rows'
}
