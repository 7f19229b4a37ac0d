import { describe, expect, it } from 'vitest'
import type { Field, Form } from '../../chat/reply.ts'
import { blockKitFaults } from '../testing/block-kit-rules.ts'
import { FORM, readTarget, readValues, renderForm } from './form.ts'

const from = { place: { id: 'C1', kind: 'channel' } } as const
const submit = { on: 'assess.start', label: 'Begin', with: { team: 't1' } }

function modal(form: Partial<Form>) {
  const view = renderForm({ title: 'Assess', fields: [], submit, ...form }, from)
  expect(blockKitFaults({ view })).toEqual([])
  return view
}

function elementOf(field: Field) {
  const [block] = modal({ fields: [field] }).blocks as unknown as { element: Record<string, unknown> }[]
  return block?.element
}

const options = (count: number, more: object = {}) => Array.from({ length: count }, (_, i) => ({ value: `v${i}`, label: `Label ${i}`, ...more }))

describe('a form', () => {
  it('is a modal that knows what handing it in means, and where it was opened', () => {
    const view = modal({ fields: [{ kind: 'line', id: 'scope', label: 'Scope' }] })
    expect(view).toMatchObject({ type: 'modal', callback_id: FORM, title: { text: 'Assess' }, submit: { text: 'Begin' }, close: { text: 'Cancel' } })
    expect(view.blocks).toMatchObject([{ type: 'input', block_id: 'scope', optional: false, label: { text: 'Scope' } }])
    expect(readTarget(view.private_metadata ?? '')).toEqual({ ...from, on: 'assess.start', with: { team: 't1' } })
  })

  it('that can only be read has nothing to hand in', () => {
    const view = renderForm({ title: 'A passage with a long title, longer than that', blocks: [{ kind: 'text', parts: [] }], fields: [] }, from)
    expect(blockKitFaults({ view })).toEqual([])
    expect(view.submit).toBeUndefined()
    expect(view).toMatchObject({ title: { text: 'A passage with a long t…' }, close: { text: 'Close' } })
    expect(readTarget(view.private_metadata ?? '')?.place).toEqual(from.place)
  })

  it('offers few described options as radio buttons, others as a menu, and several to tick or in a menu', () => {
    const choice = (count: number, more?: object): Field => ({ kind: 'choice', id: 'a', label: 'A', options: options(count, more) })
    const choices = (count: number): Field => ({ kind: 'choices', id: 'a', label: 'A', options: options(count), initial: ['v1', 'other'] })
    expect(elementOf(choice(5, { description: 'More' }))).toMatchObject({ type: 'radio_buttons' })
    expect(elementOf(choice(5))).toMatchObject({ type: 'static_select' })
    expect(elementOf(choice(6, { description: 'More' }))).toMatchObject({ type: 'static_select' })
    expect(elementOf(choices(10))).toMatchObject({ type: 'checkboxes', initial_options: [{ value: 'v1' }] })
    expect(elementOf(choices(11))).toMatchObject({ type: 'multi_static_select', initial_options: [{ value: 'v1' }] })
  })

  it('says how many options there is no room for, and when there are none', () => {
    const [long] = modal({ fields: [{ kind: 'choice', id: 'a', label: 'A', hint: 'Pick.', options: options(130) }] }).blocks
    expect(long).toMatchObject({ hint: { text: 'Pick. Slack has no room for 30 more.' } })
    const [none] = modal({ fields: [{ kind: 'choice', id: 'a', label: 'Team', options: [] }] }).blocks
    expect(none).toMatchObject({ type: 'section', text: { text: 'Team: there is nothing to choose from.' } })
  })

  it('begins with what is given, where Slack takes it', () => {
    expect(elementOf({ kind: 'area', id: 'a', label: 'A', initial: 'x'.repeat(50), longest: 20 })).toMatchObject({
      multiline: true,
      max_length: 20,
      initial_value: `${'x'.repeat(18)}…`,
    })
    expect(elementOf({ kind: 'people', id: 'a', label: 'A', initial: ['U1', '<!here>', 'U1'] })).toMatchObject({ initial_users: ['U1'] })
    expect(elementOf({ kind: 'day', id: 'a', label: 'A', initial: '2026-12-24' })).toMatchObject({ initial_date: '2026-12-24' })
    expect(elementOf({ kind: 'day', id: 'a', label: 'A', initial: '2026-13-45' })).not.toHaveProperty('initial_date')
    expect(elementOf({ kind: 'time', id: 'a', label: 'A', initial: '17:00' })).toMatchObject({ initial_time: '17:00' })
  })

  it('that nobody could hand in, or that carries too much, is a fault of ours', () => {
    expect(() => renderForm({ title: 'A', fields: [{ kind: 'line', id: 'a', label: 'A' }] }, from)).toThrow(/can't be handed in/)
    expect(() => modal({ submit: { ...submit, with: { text: 'x'.repeat(3000) } } })).toThrow(/Slack takes 3000/)
  })
})

describe('what was filled in', () => {
  it('is read by kind; of an empty field nothing, of an empty list an empty one', () => {
    const values = {
      line: { 'field:line': { type: 'plain_text_input', value: 'payments' } },
      none: { 'field:none': { type: 'plain_text_input', value: null } },
      choice: { 'field:choice': { type: 'static_select', selected_option: { text: { type: 'plain_text', text: 'A' }, value: 'a' } } },
      radio: { 'field:radio': { type: 'radio_buttons', selected_option: null } },
      ticks: { 'field:ticks': { type: 'checkboxes', selected_options: [{ value: 'a' }, { value: 'b' }] } },
      many: { 'field:many': { type: 'multi_static_select', selected_options: [] } },
      people: { 'field:people': { type: 'multi_users_select', selected_users: ['U1'] } },
      day: { 'field:day': { type: 'datepicker', selected_date: '2026-12-24' } },
      time: { 'field:time': { type: 'timepicker', selected_time: '17:00' } },
      // Another control of the modal.
      bXy: { 'passage.open:1': { type: 'static_select', selected_option: { value: '["passage.open"]' } } },
    }
    expect(readValues(values)).toEqual({ line: 'payments', choice: 'a', ticks: ['a', 'b'], many: [], people: ['U1'], day: '2026-12-24', time: '17:00' })
  })

  it.each([
    undefined,
    null,
    1,
    'x',
    [],
    { a: 1 },
    { a: { 'field:a': { type: 'plain_text_input', value: 7 } } },
    { a: { 'field:b': { type: 'datepicker' } } },
  ])('is nothing in %j', (values) => {
    expect(readValues(values)).toEqual({})
  })
})
