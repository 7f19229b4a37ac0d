import { describe, expect, it } from 'vitest'
import { DeliveryError } from '../exchange.ts'
import { openPassage, voteOn } from '../presses.ts'
import type { Form, Press, Reply } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { type Asking, createAsking } from './create-asking.ts'
import { isSharedCopy } from './share-answer.ts'

const SECURITY_2 = 'What does level 2 of security ask for in the KMM?'
const OLD_BUTTON = 'This button is from an older message and does nothing any more.'

let deps: TestDeps
let asking: Asking
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
  asking = createAsking(deps)
})

type Where = Parameters<TestDeps['platform']['exchange']>[0]

const press = async ({ on, with: args = {} }: Press, where?: Where) => {
  const handler = asking.presses[on]
  if (handler === undefined) throw new Error(`nobody handles ${on}`)
  await handler(deps.platform.exchange(where), args)
}
/** @returns the id of the answer */
const ask = async (where?: Where) => {
  await asking.ask(deps.platform.exchange(where), SECURITY_2, { audience: 'asker' })
  const feedback = deps.platform.last().blocks.find((block) => block.kind === 'feedback')
  return feedback?.answer as string
}
const lastForm = () => deps.platform.forms.at(-1) as Form
const shownAs = (how: string) => deps.platform.shown.filter((each) => each.how === how)

describe('a source', () => {
  it('opens the passage: where it stands, what a team can say yes to, its text, and the original', async () => {
    await ask()
    const sources = deps.platform.last().blocks.flatMap((block) => (block.kind === 'sources' ? block.items : []))
    await press(sources[0]?.open as Press)
    const form = lastForm()
    expect(form).toMatchObject({ title: 'KMM', fields: [] })
    expect(form.submit).toBeUndefined()
    expect(form.blocks?.slice(0, 3)).toMatchObject([
      { kind: 'heading', text: 'Level 2: Network policies' },
      { kind: 'note', parts: [{ text: 'Kubernetes Maturity Model › Security and compliance › Level 2: Network policies' }] },
      { kind: 'quote', parts: [{ text: 'Network policies and RBAC are enforced to control access.' }] },
    ])
    expect(textOf(form)).toContain(sources[1]?.quote)
    expect(form.blocks?.at(-1)).toMatchObject({ kind: 'text', parts: [{ kind: 'link', label: 'Read the original on rtsab.github.io' }] })
  })

  it('opens whatever passage of the five models it is, with every word of it once', async () => {
    const plain = (text: string) => text.replace(/^- /gm, '').replace(/\s+/g, ' ').trim()
    for (const { id, text, title, heading, url } of deps.corpus().passages) {
      await press(openPassage(id))
      const form = lastForm()
      const body = plain(textOf({ ...form, blocks: form.blocks?.slice(2) ?? [] }))
      expect(body, id).toBe(`${plain(text)} Read the original on ${new URL(url).hostname}`)
      expect(form.title.length, id).toBeLessThanOrEqual(24)
      expect(textOf(form)).toMatch(new RegExp(`^${RegExp.escape(heading)}\n${RegExp.escape(title)}\n`))
    }
    expect(new Set(deps.corpus().passages.map(({ model }) => model)).size).toBe(5)
    expect(deps.platform.forms).toHaveLength(deps.corpus().passages.length)
  })

  it('that is gone says so', async () => {
    await expect(press(openPassage('kmm/security/9'))).rejects.toThrow('That passage is no longer there')
  })
})

describe('an answer for the asker alone', () => {
  const share = () => pressOf(deps.platform.last(), 'Share in channel')

  it('is shared with everybody when the asker says so, with its sources and who asked', async () => {
    const id = await ask()
    await press(share())
    const [post] = shownAs('post')
    expect(post).toMatchObject({ to: 'C1', key: `share:${id}` })
    expect(post?.reply.blocks[0]).toMatchObject({ kind: 'text', parts: [{ text: 'Asked by ' }, { kind: 'person', id: 'U1' }, { text: `: ${SECURITY_2}` }] })
    expect(post?.reply.blocks.some(({ kind }) => kind === 'sources')).toBe(true)
    const whisper = deps.platform.last()
    expect(shownAs('replace')).toHaveLength(1)
    expect(textOf(whisper)).toContain('Shared with everybody here.')
    expect(whisper.blocks.some(({ kind }) => kind === 'buttons')).toBe(false)
  })

  it('is shared once, however often and after whatever restart the button is pressed', async () => {
    await ask()
    const button = share()
    await press(button)
    asking = createAsking(deps)
    await press(button)
    expect(shownAs('post')).toHaveLength(1)
    expect(textOf(deps.platform.last())).toBe('That answer is shared already.')
    const pressedAtOnce = await ask({ key: 'E2' }).then(share)
    const results = await Promise.allSettled([press(pressedAtOnce), press(pressedAtOnce)])
    expect(shownAs('post')).toHaveLength(2)
    expect(results.map(({ status }) => status)).toContain('fulfilled')
  })

  it('is not shared by somebody else', async () => {
    await ask()
    await expect(press(share(), { person: 'U2' })).rejects.toThrow('Only who asked can share the answer.')
    expect(shownAs('post')).toEqual([])
  })

  it('can be shared later when that fails now', async () => {
    await ask()
    const button = share()
    deps.platform.failures.push(new DeliveryError('later', 'too busy'))
    await expect(press(button)).rejects.toThrow('It could not be shared just now. Press the button again in a minute.')
    deps.setNow('2026-03-02T09:01:00.000Z')
    await press(button)
    expect(shownAs('post')).toHaveLength(1)
  })

  it('says what to do where the bot can not write', async () => {
    await ask()
    const button = share()
    deps.platform.failures.push(new DeliveryError('gone', 'not in the channel'))
    for (let i = 0; i < 2; i++) await expect(press(button)).rejects.toThrow('I can’t write here. Invite me, then ask again')
  })

  it('that was shared can be followed up in its thread, and counts as asked once', async () => {
    await ask()
    await press(share())
    const message = shownAs('post')[0]?.message
    await asking.ask(deps.platform.exchange({ person: 'U2', place: { thread: message?.id as string } }), 'And the level after that?', { audience: 'everyone' })
    expect(textOf(deps.platform.last())).toContain('Level 3: Security scanning')
    const asked = await deps.store.askedSince(TENANT, '2000-01-01T00:00:00.000Z')
    expect(asked.filter((each) => !isSharedCopy(each)).map(({ person }) => person)).toEqual(['U1', 'U2'])
  })

  it('has nothing to share in a direct message, or where there is no answer', async () => {
    await ask({ place: { kind: 'personal', id: 'D1' } })
    await asking.ask(deps.platform.exchange(), 'What is the capital of France?', { audience: 'asker' })
    const shared = ({ blocks }: Reply) => blocks.some((block) => block.kind === 'buttons' && block.items.some(({ label }) => label.startsWith('Share')))
    expect(deps.platform.shown.map(({ reply }) => shared(reply))).toEqual([false, false])
  })
})

describe('a vote', () => {
  const votes = () => deps.store.votes(TENANT)

  it('is noted and thanked for', async () => {
    const answer = await ask()
    await press(voteOn(answer, 'up'), { person: 'U2' })
    expect(textOf(deps.platform.last())).toBe('Noted, thank you.')
    expect(await votes()).toMatchObject([{ answer, person: 'U2', vote: 'up' }])
  })

  it('against the answer can be explained', async () => {
    const answer = await ask()
    await press(voteOn(answer, 'down'))
    await press(pressOf(deps.platform.last(), 'Say what was wrong'))
    const { submit, fields } = lastForm()
    expect(fields).toMatchObject([{ id: 'comment', kind: 'area' }])
    const handler = asking.forms[submit?.on as string]
    const submission = (comment: string) => ({ on: submit?.on as string, with: submit?.with ?? {}, values: { comment } })
    const exchange = deps.platform.exchange()
    expect(await handler?.check?.(exchange.who, submission('  '))).toHaveProperty('comment')
    expect(await handler?.check?.(exchange.who, submission('It is about level 3.'))).toBeUndefined()
    await handler?.submit(exchange, submission(' It is about level 3. '))
    expect(await votes()).toMatchObject([{ answer, vote: 'down', comment: 'It is about level 3.' }])
    expect(textOf(deps.platform.last())).toMatch(/^Thank you\./)
  })

  it('counts once a person, the last one, from a day on', async () => {
    const answer = await ask()
    await press(voteOn(answer, 'up'))
    deps.setNow('2026-03-03T09:00:00.000Z')
    await press(voteOn(answer, 'down'), { person: 'U2' })
    await press(voteOn(answer, 'up'), { person: 'U2' })
    await press(voteOn(answer, 'down'), { person: 'U3' })
    expect(await asking.voteCounts(TENANT, '2026-03-01T00:00:00.000Z')).toEqual({ up: 2, down: 1, comments: 0 })
    expect(await asking.voteCounts(TENANT, '2026-03-03T00:00:00.000Z')).toEqual({ up: 1, down: 1, comments: 0 })
    expect(await asking.voteCounts('slack:T2', '2026-03-01T00:00:00.000Z')).toEqual({ up: 0, down: 0, comments: 0 })
  })

  it('on an answer that is forgotten says so', async () => {
    const answer = await ask()
    await deps.store.forgetAsked('2026-03-03T00:00:00.000Z')
    for (const each of [voteOn(answer, 'up'), { on: 'ask.comment', with: { answer } }, { on: 'ask.share', with: { answer } }]) {
      await expect(press(each)).rejects.toThrow('That answer is no longer kept')
    }
  })
})

describe('a forged press', () => {
  it.each<Press>([
    { on: 'passage.open' },
    { on: 'passage.open', with: { passage: 7 } },
    { on: 'ask.this', with: { question: '   ' } },
    { on: 'ask.share', with: { answer: 'a\u0000b' } },
    { on: 'ask.vote', with: { answer: 'a', vote: 'sideways' } },
    { on: 'ask.vote', with: { vote: 'up' } },
    { on: 'ask.comment', with: { answer: 'x'.repeat(201) } },
  ])('%j does nothing', async (each) => {
    await expect(press(each)).rejects.toThrow(OLD_BUTTON)
    expect([deps.platform.shown, deps.platform.forms]).toEqual([[], []])
  })

  it('does not reach an answer of another workspace', async () => {
    const answer = await ask()
    const { share, vote } = { share: asking.presses['ask.share'], vote: asking.presses['ask.vote'] }
    const elsewhere = { ...deps.platform.exchange(), who: { tenant: 'slack:T2', person: 'U1' } }
    await expect(share?.(elsewhere, { answer })).rejects.toThrow('no longer kept')
    await expect(vote?.(elsewhere, { answer, vote: 'up' })).rejects.toThrow('no longer kept')
  })

  it('of a form is refused too', async () => {
    const handler = asking.forms['ask.comment']
    const exchange = deps.platform.exchange()
    await expect(handler?.submit(exchange, { on: 'ask.comment', with: {}, values: { comment: 'wrong' } })).rejects.toThrow(OLD_BUTTON)
    await expect(handler?.submit(exchange, { on: 'ask.comment', with: { answer: 'a' }, values: { comment: ['wrong'] } })).rejects.toThrow('write a few words')
  })
})
