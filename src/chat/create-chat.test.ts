import { describe, expect, it } from 'vitest'
import { type Chat, createChat } from './create-chat.ts'
import { DeliveryError, type Place } from './exchange.ts'
import { askThis, chooseAssessment, showResults } from './presses.ts'
import type { Press } from './reply.ts'
import { eachOverEngine } from './testing/over-engine.ts'
import { createTestDeps, type TestDeps } from './testing/test-deps.ts'
import { CARDS, pressOf, TENANT, textOf } from './testing/test-platform.ts'

const DIRECT: Place = { id: 'D-U1', kind: 'personal' }
const QUESTION = 'What does level 2 of security ask for in the KMM?'
const OLD_BUTTON = 'This button is from an older message and does nothing any more. Say “help” to see what can be done.'
const ADA = { tenant: TENANT, person: 'U1' }

let deps: TestDeps
let chat: Chat
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
  chat = createChat(deps)
})

const shown = () => textOf(deps.platform.last())
const command = async (typed: string) => {
  await chat.command(deps.platform.exchange(), typed)
  return shown()
}
const message = async (typed: string) => {
  await chat.message(deps.platform.exchange({ place: DIRECT }), typed)
  return shown()
}
const press = async (pressed: Press | undefined, person = 'U1') => {
  await chat.press(deps.platform.exchange({ person }), pressed)
  return shown()
}
const submit = async (on: string, person = 'U1', args = {}, values = {}) => {
  await chat.submit(deps.platform.exchange({ person }), { on, with: args, values })
  return shown()
}
const errors = () => deps.logged.filter(({ level }) => level === 'error')

describe('a command', () => {
  it.each(['', '  ', 'help', 'HELP'])('“%s” says what can be said, to the person alone', async (typed) => {
    expect(await command(typed)).toMatch(/^I say what published maturity models hold/)
    for (const name of ['ask', 'assess', 'round', 'results', 'help']) expect(shown()).toContain(`- /maturity ${name}`)
    expect(deps.platform.shown.map(({ how }) => how)).toEqual(['whisper'])
  })

  it('that nobody knows is said not to be known, with the one that is nearest', async () => {
    expect(await command('reslts payments')).toMatch(/^I don’t know “reslts”\. Did you mean “\/maturity results”\?\n/)
    expect(await command('kubernetes')).toMatch(/^I don’t know “kubernetes”\.\n/)
    expect(await command('constructor')).toMatch(/^I don’t know “constructor”\.\n/)
    expect(await command('x'.repeat(5_000))).toMatch(/^I don’t know “x{39}…”\.\n/)
    await chat.command(deps.platform.exchange({ ways: CARDS }), 'reslts')
    expect(shown()).toMatch(/Did you mean “results”\?[\s\S]*- results/)
  })

  it('opens its form at once', async () => {
    await chat.command(deps.platform.exchange(), 'assess')
    expect(deps.platform.forms.map(({ title }) => title)).toEqual(['Start an assessment'])
    expect(deps.platform.shown).toEqual([])
  })

  it('that can’t be followed says what to write instead', async () => {
    expect(await command('assess cncf tecnology')).toContain('Did you mean “technology”? Write “/maturity assess cncf technology”.')
    expect(await command('ask')).toMatch(/^Write your question after “ask”/)
    expect(errors()).toEqual([])
  })
})

describe('a message', () => {
  it('that is empty says what can be said', async () => {
    expect(await message(' \n ')).toMatch(/^I say what published maturity models hold/)
  })

  it('that is a command with a form gets a button, which runs it again and opens the form', async () => {
    expect(await message('assess cncf for Payments')).toBe('This needs a few details.\n[Start an assessment]')
    expect(deps.platform.forms).toEqual([])
    await press(pressOf(deps.platform.last(), 'Start an assessment'))
    const [form, ...others] = deps.platform.forms
    expect(others).toEqual([])
    expect(form?.fields).toContainEqual(expect.objectContaining({ id: 'what', initial: 'cncf quick' }))
    expect(form?.fields).toContainEqual(expect.objectContaining({ id: 'name', initial: 'Payments' }))
  })

  it('that is a command with a form opens it where forms are no dialogs', async () => {
    await chat.message(deps.platform.exchange({ place: DIRECT, ways: CARDS }), 'assess cncf for Payments')
    expect(deps.platform.forms.map(({ title }) => title)).toEqual(['Start an assessment'])
    expect(deps.platform.shown).toEqual([])
  })

  it('carries no more in that button than a message takes, and it still works', async () => {
    await message(`assess for ${'"'.repeat(5_000)}`)
    const button = pressOf(deps.platform.last(), 'Start an assessment')
    expect(JSON.stringify(button).length).toBeLessThan(1_500)
    await press(button)
    expect(deps.platform.forms).toHaveLength(1)
  })

  it('is a command first, then for the assessment that is open, then a question', async () => {
    await message('assess kmm quick for Payments')
    expect(shown()).toContain('1 of 5')
    expect(await message('help')).toMatch(/^I say what/)
    expect(await message('2')).toContain('2 of 5')
    const before = deps.platform.shown.length
    await message(QUESTION)
    expect(deps.platform.shown.slice(before).map(({ how }) => how)).toEqual(['stream'])
    expect(JSON.stringify(deps.platform.last())).toContain('kmm/security/2')
    expect(await message('ask 2')).not.toContain('of 5')
  })

  it('that begins like a command and is a question is a question', async () => {
    await message('assess what comes after level 2 of security in the KMM?')
    expect(deps.platform.shown.map(({ how }) => how)).toEqual(['stream'])
  })
})

describe('a press', () => {
  it('goes to the part that it is for', async () => {
    await press(askThis(QUESTION))
    expect(JSON.stringify(deps.platform.last())).toContain('kmm/security/2')
    await press(chooseAssessment())
    expect(deps.platform.forms.at(-1)?.title).toBe('Start an assessment')
    expect(await press(showResults('nowhere'))).toMatch(/^There is no such team/)
  })

  it.each([
    undefined,
    { on: 'no.such' },
    { on: 'constructor' },
    { on: '__proto__' },
    { on: 'toString', with: {} },
    { on: 'command.run' },
    { on: 'command.run', with: { text: 7 } },
  ])('that nobody knows any more is an old one: %j', async (pressed) => {
    expect(await press(pressed)).toBe(OLD_BUTTON)
    expect(errors()).toEqual([])
  })
})

describe('a form', () => {
  it('is checked for its fields before it is handed in', async () => {
    expect(await chat.checkForm(ADA, { on: 'assess.start', with: {}, values: {} })).toEqual({ what: 'Choose what to assess by.' })
    expect(await chat.checkForm(ADA, { on: 'assess.start', with: {}, values: { what: 'kmm quick' } })).toBeUndefined()
  })

  it('that may not be handed in at all says so when it is', async () => {
    const [on, args] = ['target.set', { team: 'nowhere', model: 'kmm' }]
    expect(await chat.checkForm(ADA, { on, with: args, values: {} })).toBeUndefined()
    expect(await submit(on, 'U1', args)).toMatch(/^There is no such team/)
    expect(errors()).toEqual([])
  })

  it.each(['no.such', 'constructor', '__proto__'])('that nobody knows any more is an old one: %s', async (on) => {
    expect(await chat.checkForm(ADA, { on, with: {}, values: {} })).toBeUndefined()
    expect(await submit(on)).toBe(OLD_BUTTON)
    expect(errors()).toEqual([])
  })
})

describe('what goes wrong', () => {
  const SECRET = 'the payroll cluster has no backups'

  it('on our side is said with a reference to the log, which holds nothing that was typed', async () => {
    await deps.database.close()
    const attempts: [what: string, attempt: () => Promise<string>][] = [
      ['message', () => message(SECRET)],
      ['command', () => command(`ask ${SECRET}`)],
      ['press ask.this', () => press(askThis(SECRET))],
      ['form ask.comment', () => submit('ask.comment', 'U1', { answer: 'a' }, { comment: SECRET })],
    ]
    for (const [what, attempt] of attempts) {
      const reference = /^That failed on our side\. Reference ([0-9a-f]{4})\.$/.exec(await attempt())?.[1]
      expect(errors().at(-1), what).toMatchObject({ message: 'failed on our side', facts: { what, reference, tenant: TENANT } })
    }
    expect(errors()).toHaveLength(attempts.length)
    expect(JSON.stringify(deps.logged)).not.toContain('payroll')
  })

  it('on our side while a form is checked is logged, and said when it is handed in', async () => {
    await deps.database.close()
    const submission = { on: 'target.set', with: { team: 'payments', model: 'kmm' }, values: { section: 'security' } }
    expect(await chat.checkForm(ADA, submission)).toBeUndefined()
    expect(errors()).toMatchObject([{ facts: { what: 'check of target.set', tenant: TENANT } }])
    expect(await submit(submission.on, 'U1', submission.with, submission.values)).toMatch(/^That failed on our side\./)
  })

  it('on the platform’s side comes out, for the event to be tried again', async () => {
    deps.platform.failures.push(new DeliveryError('later', 'the platform is busy'))
    await expect(command('assess kmm quick')).rejects.toThrow(DeliveryError)
    expect(errors()).toEqual([])
    expect(await command('assess kmm quick')).toContain('in your direct messages')
  })
})

describe('from time to time', () => {
  it('forgets questions that are older than they are kept', async () => {
    await message(QUESTION)
    const asked = async () => (await deps.store.askedSince(TENANT, '2000-01-01T00:00:00.000Z')).length
    deps.setNow('2026-04-01T08:00:00.000Z')
    await chat.tick()
    expect(await asked()).toBe(1)
    deps.setNow('2026-04-01T10:00:00.000Z')
    await chat.tick()
    expect(await asked()).toBe(0)
  })
})
