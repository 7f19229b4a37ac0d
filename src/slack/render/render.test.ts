import { describe, expect, it } from 'vitest'
import { chanceOf } from '../../assessments/testing/crash-random.ts'
import { misleads, pressesOf, pressKey } from '../../chat/render/testing/presses-of.ts'
import { PEOPLE, PLACES, randomly } from '../../chat/render/testing/random-replies.ts'
import type { Block, Reply } from '../../chat/reply.ts'
import { blockKitFaults } from '../testing/block-kit-rules.ts'
import { renderHome, renderReply } from './blocks.ts'
import { readTarget, readValues, renderForm } from './form.ts'
import { readPress } from './read-press.ts'
import { type ActivePart, activeParts, controlsIn } from './testing/active-parts.ts'

const ROUNDS = 2_000

describe('whatever is rendered', () => {
  it('is taken by Slack, lets nothing foreign act, and keeps its presses', { timeout: 60_000 }, () => {
    const random = randomly(chanceOf(5))
    for (let round = 0; round < ROUNDS; round++) {
      const reply = random.reply()
      const message = renderReply(reply)
      expect(blockKitFaults({ text: message.text, blocks: message.blocks }), `reply ${round}`).toEqual([])
      expect(message.text).not.toBe('')
      expect(message.blocks.length).toBeGreaterThan(0)
      expect(foreignIn(message), `reply ${round}`).toEqual([])
      expectPresses(message.blocks, reply.blocks)
      if (round % 4 === 0) {
        const home = renderHome(reply)
        expect(blockKitFaults({ view: home }), `home ${round}`).toEqual([])
        expect(foreignIn(home), `home ${round}`).toEqual([])
        expectPresses(home.blocks, reply.blocks)
      }
    }
  })

  it('as a form too, and what it carries comes back', { timeout: 60_000 }, () => {
    const random = randomly(chanceOf(6))
    const from = { place: { id: 'C1', kind: 'channel', thread: '17.1' }, pressed: { place: 'C1', id: '17.2' } } as const
    for (let round = 0; round < ROUNDS; round++) {
      const form = random.form()
      const view = renderForm(form, from)
      expect(blockKitFaults({ view }), `form ${round}`).toEqual([])
      expect(foreignIn(view), `form ${round}`).toEqual([])
      expectPresses(view.blocks, form.blocks ?? [])
      expect(readTarget(view.private_metadata ?? '')).toEqual({ ...from, on: form.submit?.on ?? 'read', with: form.submit?.with ?? {} })
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
      '{"on":"a"}',
      '[1,2]',
      '["a.b",{"x":null}]',
      '["a.b",{"__proto__":1}]',
      '[[',
      true,
    ]
    const strange = (depth: number): unknown => {
      if (depth === 0 || happens(0.3)) return pick(scraps)
      if (happens(0.2)) return Array.from({ length: below(4) }, () => strange(depth - 1))
      const names = ['type', 'value', 'selected_option', 'selected_options', 'field:a', 'a', '__proto__', 'on', 'with', 'constructor']
      return Object.fromEntries(
        Array.from({ length: below(5) }, () => [pick(names), happens(0.4) ? pick(['button', 'static_select', 'plain_text_input']) : strange(depth - 1)]),
      )
    }
    for (let round = 0; round < ROUNDS; round++) {
      const press = readPress(strange(3))
      if (press !== undefined) expect(press.on).toMatch(/^[a-z0-9.-]+$/)
      for (const value of Object.values(readValues(strange(4)))) expect(typeof value === 'string' || Array.isArray(value)).toBe(true)
      expect(readTarget(JSON.stringify(strange(3)) ?? '')).toBeUndefined()
    }
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})

/** Only what the reply itself means may act: none of the ids that stand in hostile text, and no link that names another host than its own. */
function foreignIn(payload: unknown): ActivePart[] {
  return activeParts(payload).filter(isForeign)
}

function isForeign(part: ActivePart): boolean {
  switch (part.kind) {
    case 'person':
      return !PEOPLE.includes(part.id)
    case 'place':
      return !PLACES.includes(part.id)
    case 'link':
      return part.url.includes('@') || misleads(part.label ?? '', part.url)
    case 'date':
      return false
    case 'unknown':
      return true
  }
}

function expectPresses(rendered: unknown, blocks: readonly Block[]): void {
  const known = new Set(blocks.flatMap(pressesOf).map(pressKey))
  const controls = controlsIn(rendered)
  const strange = controls.filter((control) => {
    const press = readPress(control)
    return press === undefined || !known.has(pressKey(press))
  })
  expect(strange).toEqual([])
  const buttons = controls.filter(({ type }) => type === 'button').map(({ action_id }) => action_id)
  expect(new Set(buttons).size).toBe(buttons.length)
}

describe('an ordinary answer', () => {
  const reply: Reply = {
    summary: 'At level 3 releases are automated.',
    blocks: [
      { kind: 'text', parts: [{ kind: 'text', text: 'At level 3 releases are automated [1].' }] },
      {
        kind: 'sources',
        items: [
          {
            n: 1,
            title: 'CNCF, level 3',
            quote: 'Releases are automated.',
            url: 'https://example.com/3',
            open: { on: 'passage.open', with: { passage: 'cncf/3' } },
          },
        ],
      },
      { kind: 'feedback', answer: 'a1' },
    ],
  }

  it('is text, its sources in words, a button for each, and what asks for a vote', () => {
    const { text, blocks, pictures } = renderReply(reply)
    expect(text).toBe('At level 3 releases are automated.')
    expect(pictures).toEqual([])
    expect(blocks).toEqual([
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'At level 3 releases are automated [1].' }] }] },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: '[1] CNCF, level 3: “Releases are automated.” ' },
              { type: 'link', url: 'https://example.com/3' },
            ],
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'passage.open:0',
            text: { type: 'plain_text', text: '[1]', emoji: false },
            value: '["passage.open",{"passage":"cncf/3"}]',
            accessibility_label: 'Open passage 1: CNCF, level 3',
          },
        ],
      },
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'ask.vote:1',
            positive_button: {
              text: { type: 'plain_text', text: 'Helpful', emoji: false },
              value: '["ask.vote",{"answer":"a1","vote":"up"}]',
              accessibility_label: 'This answer was helpful',
            },
            negative_button: {
              text: { type: 'plain_text', text: 'Not helpful', emoji: false },
              value: '["ask.vote",{"answer":"a1","vote":"down"}]',
              accessibility_label: 'This answer was not helpful',
            },
          },
        ],
      },
    ])
  })
})
