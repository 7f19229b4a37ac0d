import { describe, expect, it } from 'vitest'
import { chanceOf } from '../../assessments/testing/crash-random.ts'
import { misleads, pressesOf, pressKey } from '../../chat/render/testing/presses-of.ts'
import type { Block } from '../../chat/reply.ts'
import { messageFaults } from '../testing/card-rules.ts'
import { activitiesOf, attachmentOf } from './activities.ts'
import { renderForm } from './form.ts'
import { readForm, readSubmission } from './form-values.ts'
import { readPress } from './read-press.ts'
import { renderReply } from './reply.ts'
import { formattedIn, invokesIn, type MarkdownPart, parsedIn } from './testing/active-parts.ts'
import { NAMES, randomly } from './testing/random-replies.ts'

const ROUNDS = 2_000
/** Drawing takes most of the time. */
const isDrawn = (round: number) => round % 10 === 0

describe('whatever is rendered', () => {
  it('is taken by Teams, lets nothing foreign act, and keeps its presses', { timeout: 120_000 }, () => {
    const chance = chanceOf(5)
    const random = randomly(chance)
    let answers = 0
    for (let round = 0; round < ROUNDS; round++) {
      const reply = random.reply()
      const options = { conversation: chance.pick(['personal', 'group', 'channel'] as const), names: NAMES, citations: chance.happens(0.7) }
      const rendered = renderReply(reply, options)
      const activities = activitiesOf(rendered)
      expect(activities.length, `reply ${round}`).toBeGreaterThan(0)
      for (const activity of activities) expect(messageFaults(activity, isDrawn(round)), `reply ${round}`).toEqual([])
      expect(foreignIn([rendered.text, ...parsedIn(rendered.card)]), `reply ${round}`).toEqual([])
      expectPresses(rendered.card, reply.blocks)
      answers += rendered.text === '' ? 0 : 1
    }
    expect(answers).toBeGreaterThan(ROUNDS / 10)
  })

  it('as a form too, and what it carries comes back', { timeout: 120_000 }, () => {
    const random = randomly(chanceOf(6))
    const from = { place: { id: '19:x@thread.tacv2', kind: 'channel', thread: '17' }, pressed: { place: '19:x@thread.tacv2', id: '18' } } as const
    const people = [...NAMES].map(([id, name]) => ({ id, name }))
    for (let round = 0; round < ROUNDS; round++) {
      const form = random.form()
      const { card, summary } = renderForm(form, from, { names: NAMES, people })
      expect(messageFaults({ type: 'message', summary, attachments: [attachmentOf(card)] }, isDrawn(round)), `form ${round}`).toEqual([])
      expect(foreignIn(parsedIn(card)), `form ${round}`).toEqual([])
      expectPresses(card, form.blocks ?? [])
      const [handedIn] = invokesIn(card).flatMap((invoke) => readSubmission(invoke) ?? [])
      expect(handedIn === undefined).toBe(form.submit === undefined)
      if (handedIn !== undefined) expect(handedIn).toMatchObject({ ...from, on: form.submit?.on, with: form.submit?.with ?? {} })
    }
  })
})

describe('what comes back', () => {
  it('never makes the reading fail', () => {
    const { below, pick, happens } = chanceOf(7)
    const scraps = [
      null,
      undefined,
      0,
      -1,
      Number.NaN,
      '',
      '[]',
      '["a.b"]',
      '["a.b",{}]',
      '["A B"]',
      '[[',
      'menu:1',
      'a.b',
      '%',
      '%E0',
      ',,',
      true,
      'x'.repeat(30_000),
    ]
    const names = [
      'action',
      'type',
      'data',
      'press',
      'menu',
      'menu:1',
      'form',
      'on',
      'with',
      'place',
      'lists',
      'choices:a',
      'day:a',
      '__proto__',
      'constructor',
    ]
    const strange = (depth: number): unknown => {
      if (depth === 0 || happens(0.2)) return pick(scraps)
      if (happens(0.1)) return Array.from({ length: below(4) }, () => strange(depth - 1))
      return Object.fromEntries(Array.from({ length: below(6) }, () => [pick(names), happens(0.2) ? 'Action.Execute' : strange(depth - 1)]))
    }
    const target = { on: 'a.b', with: {}, place: { id: 'x', kind: 'personal' }, lists: [] }
    for (let round = 0; round < ROUNDS; round++) {
      const odd = strange(4)
      const press = readPress(happens(0.5) ? odd : { action: { type: 'Action.Execute', verb: 'x', data: odd } })
      if (press !== undefined) expect(press.on).toMatch(/^[a-z0-9.-]+$/)
      expect(readForm(odd)?.on ?? 'a.b').toBe('a.b')
      const filled = readForm({ ...(typeof odd === 'object' ? odd : {}), form: target })
      for (const value of Object.values(filled?.values ?? {})) expect(typeof value === 'string' || Array.isArray(value)).toBe(true)
    }
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})

/** No markup, no structure that a text brought with it, and no link that names another host than its own. */
function foreignIn(texts: readonly string[]): MarkdownPart[] {
  return formattedIn(texts.join('\n\n')).filter(({ kind, text, url = '' }) => {
    if (kind === 'link') return !/^https?:/.test(url) || url.includes('@') || misleads(text, url)
    return kind !== 'strong' && kind !== 'emphasis' && kind !== 'blockquote'
  })
}

function expectPresses(card: unknown, blocks: readonly Block[]): void {
  const known = new Set(blocks.flatMap(pressesOf).map(pressKey))
  const strange = invokesIn(card).filter((invoke) => {
    const press = readPress(invoke)
    return press === undefined ? readSubmission(invoke) === undefined : !known.has(pressKey(press))
  })
  expect(strange).toEqual([])
}
