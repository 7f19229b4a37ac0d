import { describe, expect, it } from 'vitest'
import type { Field, Form } from '../../chat/reply.ts'
import { cardFaults } from '../testing/card-rules.ts'
import type { CardElement } from './card.ts'
import { type FormOptions, renderForm } from './form.ts'
import { readForm, readSubmission } from './form-values.ts'
import { invokesIn, objectsIn } from './testing/active-parts.ts'

const from = { place: { id: '19:x@thread.tacv2', kind: 'channel' } } as const
const submit = { on: 'assess.start', label: 'Begin', with: { team: 't1' } }

function shown(form: Partial<Form>, options?: FormOptions) {
  const rendered = renderForm({ title: 'Assess', fields: [], submit, ...form }, from, options)
  expect(cardFaults(rendered.card)).toEqual([])
  return rendered
}

const bodyOf = (form: Partial<Form>, options?: FormOptions) => shown(form, options).card.body as CardElement[]
const inputOf = (field: Field, options?: FormOptions) => bodyOf({ fields: [field] }, options)[1]
const options = (count: number, more: object = {}) => Array.from({ length: count }, (_, i) => ({ value: `v${i}`, label: `Label ${i}`, ...more }))
const textsIn = (value: unknown) => objectsIn(value).flatMap((each) => (typeof each.text === 'string' ? [each.text] : []))

/** As Teams sends it: inputs beside what the button carries. */
function handedIn(form: Partial<Form>, inputs: Record<string, unknown>) {
  const [invoke] = invokesIn(shown(form).card)
  return readSubmission({ action: { ...invoke?.action, data: { ...(invoke?.action.data as object), ...inputs } }, trigger: 'manual' })
}

describe('a form', () => {
  it('is a card that knows what handing it in means, and where it was opened', () => {
    const { card, summary } = shown({ fields: [{ kind: 'line', id: 'scope', label: 'Scope', hint: 'A part of the product.' }] })
    expect(summary).toBe('Assess')
    expect(card.body).toMatchObject([
      { type: 'TextBlock', text: 'Assess', style: 'heading' },
      { type: 'Input.Text', id: 'line:scope', label: 'Scope', isRequired: true, errorMessage: 'Write something here.' },
      { type: 'RichTextBlock', inlines: [{ text: 'A part of the product.' }] },
      { type: 'ActionSet', actions: [{ title: 'Begin', verb: 'assess.start', associatedInputs: 'auto' }] },
    ])
    expect(invokesIn(card).map(readSubmission)).toEqual([{ ...from, on: 'assess.start', with: { team: 't1' }, values: {} }])
  })

  it('that can only be read has nothing to hand in', () => {
    const { card } = renderForm({ title: 'A passage', blocks: [{ kind: 'text', parts: [{ kind: 'text', text: 'It.' }] }], fields: [] }, from)
    expect(textsIn(card.body)).toEqual(['A passage', 'It.'])
    expect(invokesIn(card)).toEqual([])
  })

  it('has an input for each kind of field', () => {
    expect(inputOf({ kind: 'area', id: 'a', label: 'A', optional: true, placeholder: 'Like this', longest: 20 })).toEqual({
      type: 'Input.Text',
      id: 'area:a',
      label: 'A',
      isMultiline: true,
      maxLength: 20,
      placeholder: 'Like this',
    })
    expect(inputOf({ kind: 'choice', id: 'a', label: 'A', options: options(3, { description: 'More *here*' }), initial: 'v1' })).toMatchObject({
      style: 'expanded',
      choices: [{ title: 'Label 0: More ∗here∗', value: 'v0' }, {}, {}],
      value: 'v1',
    })
    expect(inputOf({ kind: 'choice', id: 'a', label: 'A', options: options(7) })).toMatchObject({ style: 'compact' })
    expect(inputOf({ kind: 'choices', id: 'a', label: 'A', options: options(3), initial: ['v0', 'v2', 'x'] })).toMatchObject({
      isMultiSelect: true,
      value: 'v0,v2',
    })
    expect(inputOf({ kind: 'day', id: 'a', label: 'A', initial: '2026-12-24' })).toMatchObject({ type: 'Input.Date', value: '2026-12-24' })
    expect(inputOf({ kind: 'day', id: 'a', label: 'A', initial: '2026-13-45' })).not.toHaveProperty('value')
    expect(inputOf({ kind: 'time', id: 'a', label: 'A', initial: '17:00' })).toMatchObject({ type: 'Input.Time', value: '17:00' })
  })

  it('finds people by Teams’ own search, and offers those it was given', () => {
    const field: Field = { kind: 'people', id: 'a', label: 'A', initial: ['29:1ada', 'nobody', '29:1ada'] }
    expect(
      inputOf(field, {
        people: [
          { id: '29:1ada', name: 'Ada *A*' },
          { id: 'odd', name: 'Odd' },
        ],
      }),
    ).toMatchObject({
      choices: [{ title: 'Ada ∗A∗', value: '29:1ada' }],
      'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users?scope=currentContext' },
      isMultiSelect: true,
      value: '29:1ada',
    })
    const { card } = renderForm({ title: 'A', fields: [field], submit }, { place: { id: 'a:1', kind: 'personal' } })
    expect(card.body[1]).toMatchObject({ 'choices.data': { dataset: 'graph.microsoft.com/users' } })
  })

  it('comes again with what was filled in, and with what is wrong beside its field', () => {
    const fields: Field[] = [
      { kind: 'line', id: 'name', label: 'Name', initial: 'Before' },
      { kind: 'choices', id: 'models', label: 'Models', options: options(3), initial: ['v0'] },
      { kind: 'day', id: 'until', label: 'Until', initial: '2026-12-24' },
    ]
    const filled = { values: { name: 'Payments', models: ['v2'] }, errors: { until: 'Choose a day.', other: 'Something else.' } }
    const body = bodyOf({ fields }, { filled })
    expect(body.map((each) => ('id' in each ? each.id : textsIn(each)[0]))).toEqual([
      'Assess',
      'Something else.',
      'line:name',
      'choices:models',
      'day:until',
      'Choose a day.',
      undefined,
    ])
    expect(body[2]).toMatchObject({ value: 'Payments' })
    expect(body[3]).toMatchObject({ value: 'v2' })
    expect(body[4]).not.toHaveProperty('value')
    expect(body[5]).toMatchObject({ inlines: [{ color: 'Attention' }] })
  })

  it('says how many options there is no room for, and when there are none', () => {
    const many = bodyOf({ fields: [{ kind: 'choice', id: 'a', label: 'A', options: options(130) }] })
    expect(textsIn(many)).toContain('Teams has no room for 30 more.')
    expect(textsIn(bodyOf({ fields: [{ kind: 'choice', id: 'a', label: 'Team', options: [] }] }))).toContain('Team: there is nothing to choose from.')
  })

  it('with more in its fields than a card takes makes them shorter, not fewer', () => {
    const fields = Array.from({ length: 12 }, (_, i): Field => ({ kind: 'area', id: `a${i}`, label: `A${i}`, initial: 'Words of a note. '.repeat(150) }))
    const inputs = bodyOf({ fields, blocks: [{ kind: 'text', parts: [{ kind: 'text', text: 'x'.repeat(20_000) }] }] }).filter((each) => 'id' in each)
    expect(inputs).toHaveLength(12)
    for (const input of inputs) expect((input as { value: string }).value).toMatch(/^Words of a note\. .*…$/)
  })

  it('shows menus above its fields as buttons: they would hand in the fields', () => {
    const menu = { kind: 'menu', label: 'Read', options: [{ label: 'One', press: { on: 'a.b' } }] } as const
    const [, row] = bodyOf({ blocks: [{ kind: 'buttons', items: [menu] }], fields: [{ kind: 'line', id: 'a', label: 'A' }] })
    expect(row).toMatchObject({
      actions: [{ type: 'Action.ShowCard', title: 'Read', card: { body: [{ actions: [{ title: 'One', associatedInputs: 'none' }] }] } }],
    })
  })

  it('that nobody could hand in, or that carries too much, is a fault of ours', () => {
    expect(() => renderForm({ title: 'A', fields: [{ kind: 'line', id: 'a', label: 'A' }] }, from)).toThrow(/can't be handed in/)
    expect(() => shown({ submit: { ...submit, with: { text: 'x'.repeat(3000) } } })).toThrow(/has room for 3000/)
  })
})

describe('what was filled in', () => {
  const fields: Field[] = [
    { kind: 'line', id: 'line', label: 'A' },
    { kind: 'area', id: 'none', label: 'A' },
    { kind: 'choice', id: 'choice', label: 'A', options: [{ value: 'a, b', label: 'A' }] },
    {
      kind: 'choices',
      id: 'ticks',
      label: 'A',
      options: [
        { value: 'a,b', label: 'A' },
        { value: '100%', label: 'B' },
      ],
    },
    { kind: 'choices', id: 'unticked', label: 'A', options: [{ value: 'a', label: 'A' }] },
    { kind: 'people', id: 'people', label: 'A' },
    { kind: 'people', id: 'nobody', label: 'A' },
    { kind: 'day', id: 'day', label: 'A' },
    { kind: 'time', id: 'time', label: 'A' },
  ]

  it('is read by kind; of an empty field nothing, of an empty list an empty one', () => {
    const inputs = {
      'line:line': 'payments',
      'area:none': '',
      'choice:choice': 'a%2C%20b',
      'choices:ticks': 'a%2Cb,100%25',
      'people:people': '29:1ada, 7faf8ab2-3d56-4244-b585-20c8a42ed2b8,29:1ada',
      'day:day': '2026-12-24',
      'time:time': '17:00',
      // Another control of the card.
      'menu:1': '["passage.open"]',
    }
    expect(handedIn({ fields }, inputs)).toEqual({
      ...from,
      on: 'assess.start',
      with: { team: 't1' },
      values: {
        line: 'payments',
        choice: 'a, b',
        ticks: ['a,b', '100%'],
        unticked: [],
        people: ['29:1ada', '7faf8ab2-3d56-4244-b585-20c8a42ed2b8'],
        nobody: [],
        day: '2026-12-24',
        time: '17:00',
      },
    })
  })

  it('that is strange is left out', () => {
    const odd = {
      'line:line': 7,
      'choice:choice': '%E0%',
      'day:day': 'soon',
      'time:time': '25:00',
      'area:none': 'x'.repeat(20_001),
      'other:x': 'y',
      constructor: 'x',
    }
    expect(handedIn({ fields }, odd)?.values).toEqual({ ticks: [], unticked: [], people: [], nobody: [] })
  })

  it.each([
    undefined,
    null,
    1,
    'x',
    [],
    {},
    { form: {} },
    { form: { on: 'a.b', with: {}, place: { id: 1, kind: 'personal' }, lists: [] } },
  ])('is nothing in %j', (data) => {
    expect(readForm(data)).toBeUndefined()
    expect(readSubmission({ action: { type: 'Action.Execute', data } })).toBeUndefined()
  })
})
