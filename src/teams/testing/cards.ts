/** A card as somebody sees it: what can be pressed, found by what stands on it, and what can be filled in. */
import { isObject, objectsIn } from '../../testing/http-bodies.ts'
import type { TeamsMessage, Wire } from './world.ts'

export const ADAPTIVE = 'application/vnd.microsoft.card.adaptive'

export interface Control {
  action: Wire
  label: string
  /** Which card of the message. */
  card: number
  /** Cards within cards that it stands in, the outermost first. */
  path: readonly Wire[]
  /** All words of what it stands in, from the nearest around it to the whole card. */
  rings: readonly string[]
}

export interface Field {
  input: Wire
  id: string
  label: string
  card: number
  path: readonly Wire[]
}

/** By label; where several have the same label, the one nearest to the words `beside`. */
export type Wanted = string | RegExp | { label: string | RegExp; beside: string | RegExp }

/** The cards of a message as the person sees them. */
export function cardsFor({ activity, views }: TeamsMessage, person: string | undefined): Wire[] {
  const all = objectsIn(activity.attachments).filter(({ contentType }) => contentType === ADAPTIVE)
  return all.map(({ content }, index) => (person === undefined ? undefined : views.get(viewKey(person, index))) ?? (isObject(content) ? content : {}))
}

export function viewKey(person: string, card: number): string {
  return `${person} ${card}`
}

/** Not what an element carries for others. */
const NOT_SHOWN = new Set(['data', 'fallback', 'refresh', 'authentication', 'msteams', 'metadata'])

interface Seen {
  controls: Control[]
  fields: Field[]
}

/** All that the person sees and can use. */
export function usable(message: TeamsMessage, person: string): Seen {
  const seen: Seen = { controls: [], fields: [] }
  const toggled = message.toggled.get(person)
  for (const [card, content] of cardsFor(message, person).entries()) walk(content, { card, path: [content], rings: [] }, toggled, seen)
  return seen
}

type Around = Pick<Control, 'card' | 'path' | 'rings'>

function walk(node: Wire, around: Around, toggled: ReadonlyMap<string, boolean> | undefined, seen: Seen): void {
  const { type, id } = node
  const kind = String(type)
  if (!(toggled?.get(String(id)) ?? node.isVisible !== false)) return
  const inside = { ...around, rings: [wordsIn(node).join(' '), ...around.rings] }
  if (kind.startsWith('Input.')) seen.fields.push({ ...around, input: node, id: String(id), label: String(node.label ?? '') })
  if (kind.startsWith('Action.')) {
    seen.controls.push({ ...around, action: node, label: String(node.title ?? node.tooltip ?? '') })
    if (kind === 'Action.ShowCard' && isObject(node.card) && toggled?.get(showCardKey(node)) === true) {
      walk(node.card, { ...around, path: [...around.path, node.card] }, toggled, seen)
    }
    return
  }
  for (const [name, each] of Object.entries(node)) {
    if (NOT_SHOWN.has(name)) continue
    for (const child of isObject(each) ? [each] : objectsIn(each)) walk(child, inside, toggled, seen)
  }
}

export function showCardKey({ id, title }: Wire): string {
  return `card ${String(id ?? title)}`
}

const WORDS = new Set(['text', 'title', 'value', 'label', 'altText', 'placeholder', 'tooltip'])

/** Everything readable of a card or of a part of it. */
export function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, each]) => {
    if (NOT_SHOWN.has(name)) return []
    return WORDS.has(name) && typeof each === 'string' ? [each] : wordsIn(each)
  })
}

/** @throws Error naming what there is */
export function findControl(controls: readonly Control[], wanted: Wanted): Control {
  const { label, beside } = typeof wanted === 'string' || wanted instanceof RegExp ? { label: wanted, beside: '' } : wanted
  const holds = (text: string, what: string | RegExp) => (typeof what === 'string' ? text.includes(what) : what.test(text))
  const fits = (text: string) => (typeof label === 'string' ? text === label : label.test(text))
  const near = controls
    .filter((control) => fits(control.label))
    .map((control) => ({ control, ring: control.rings.findIndex((words) => holds(words, beside)) }))
    .filter(({ ring }) => ring >= 0)
    .sort((a, b) => a.ring - b.ring)
  const found = near[0]?.control
  if (found === undefined) throw new Error(`there is nothing to press called ${label} among ${controls.map((each) => each.label).join(', ') || 'nothing'}`)
  return found
}
