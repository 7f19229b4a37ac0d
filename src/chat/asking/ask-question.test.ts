import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHAT_MODEL, type ChatEngine, openChatEngine } from '../../testing/chat-engine.ts'
import { endless } from '../../testing/scripted-models/endless.ts'
import { honest } from '../../testing/scripted-models/honest.ts'
import { inventingNumbers } from '../../testing/scripted-models/untrue.ts'
import type { Reply } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { type Asking, createAsking } from './create-asking.ts'

const SECURITY_2 = 'What does level 2 of security ask for in the KMM?'
const NEXT = 'And the level after that?'
const IN_THREAD = { thread: 't1' }

let deps: TestDeps
let asking: Asking
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
  asking = createAsking(deps)
})

const sourcesOf = ({ blocks }: Reply) => blocks.flatMap((block) => (block.kind === 'sources' ? block.items : []))
const passagesOf = (reply: Reply) => [...new Set(sourcesOf(reply).map(({ open }) => open.with?.passage))]
const labelsOf = ({ blocks }: Reply) => blocks.flatMap((block) => (block.kind === 'buttons' ? block.items.map(({ label }) => label) : []))
const everything = () => deps.store.askedSince(TENANT, '2000-01-01T00:00:00.000Z')

describe('a question to the bot', () => {
  it('is answered where it was asked, with a source for every number in the text', async () => {
    const exchange = deps.platform.exchange({ place: IN_THREAD })
    await asking.ask(exchange, SECURITY_2, { audience: 'everyone' })
    const [shown, ...more] = deps.platform.shown
    expect(more).toEqual([])
    expect(shown).toMatchObject({ how: 'stream', to: 'C1' })
    const reply = deps.platform.last()
    const text = reply.blocks.flatMap((block) => (block.kind === 'text' ? [textOf({ summary: '', blocks: [block] })] : [])).join(' ')
    const cited = [...text.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]))
    expect(cited.length).toBeGreaterThan(1)
    expect(sourcesOf(reply).map(({ n }) => n)).toEqual(cited)
    expect(passagesOf(reply)).toEqual(['kmm/security/2'])
    for (const { quote } of sourcesOf(reply)) expect(text).toContain(quote)
    expect(reply.summary).toMatch(/^KMM, Security and compliance, Level 2/)
    expect(deps.platform.statuses).toEqual(['is looking it up'])
  })

  it('is answered sentence by sentence, in the words that stand in the end', async () => {
    const exchange = deps.platform.exchange({ place: IN_THREAD })
    await asking.ask(exchange, 'Compare security at level 2 in the KMM and the CNCF model.', { audience: 'everyone' })
    const parts = deps.platform
      .last()
      .blocks.flatMap((block) => (block.kind === 'heading' || block.kind === 'text' ? [textOf({ summary: '', blocks: [block] })] : []))
    expect(exchange.written.join('').split(/\n+/)).toEqual(parts)
    expect(parts.length).toBeGreaterThan(3)
    for (const piece of exchange.written) expect(piece).toMatch(/\[\d+\]$|\n$/)
  })

  it('is written down with its answer before it is shown', async () => {
    const exchange = deps.platform.exchange({ place: IN_THREAD })
    const stream = exchange.stream()
    let kept = 0
    const finish = async (reply: Reply) => {
      kept = (await everything()).length
      return stream.finish(reply)
    }
    const watched = { ...exchange, stream: () => ({ ...stream, finish }) }
    await asking.ask(watched, SECURITY_2, { audience: 'everyone' })
    expect(kept).toBe(1)
    const [asked] = await everything()
    expect(asked).toMatchObject({ person: 'U1', place: 'C1', question: SECURITY_2, outcome: 'answered', answer: { question: SECURITY_2 } })
    expect(deps.platform.last().blocks).toContainEqual({ kind: 'feedback', answer: asked?.id })
  })

  it('that comes twice is asked once, and shown again', async () => {
    for (let i = 0; i < 2; i++) await asking.ask(deps.platform.exchange({ place: IN_THREAD, key: 'E1' }), SECURITY_2, { audience: 'everyone' })
    expect(await everything()).toHaveLength(1)
    const [first, second] = deps.platform.shown
    expect(second?.reply).toEqual(first?.reply)
    expect(deps.platform.statuses).toHaveLength(1)
  })

  it('that is too long is refused with the reason, and nothing is kept or shown', async () => {
    const exchange = deps.platform.exchange({ place: IN_THREAD })
    await expect(asking.ask(exchange, 'x'.repeat(4001), { audience: 'everyone' })).rejects.toThrow(
      'The question has 4001 characters; at most 4,000 can be read.',
    )
    expect([deps.platform.shown, await everything()]).toEqual([[], []])
  })

  it('outside the models gets the reason in plain words, and no button that leads nowhere', async () => {
    await asking.ask(deps.platform.exchange(), 'What is the capital of France?', { audience: 'everyone' })
    const reply = deps.platform.last()
    expect(textOf(reply)).toMatch(/^None of the models mentions France/)
    expect(sourcesOf(reply)).toEqual([])
    expect(labelsOf(reply)).toEqual([])
  })

  it('that is none gets a question back, and examples that are answered', async () => {
    await asking.ask(deps.platform.exchange(), 'hello', { audience: 'everyone' })
    const reply = deps.platform.last()
    expect(textOf(reply)).toMatch(/^What would you like to know\?/)
    expect(reply.blocks.some(({ kind }) => kind === 'feedback')).toBe(false)
    expect(labelsOf(reply)).toHaveLength(3)
    await asking.presses['ask.this']?.(deps.platform.exchange(), pressOf(reply, labelsOf(reply)[0] as string).with ?? {})
    expect(deps.platform.shown.at(-1)?.how).toBe('whisper')
    expect(sourcesOf(deps.platform.last()).length).toBeGreaterThan(0)
  })

  it('may hold what a platform would act on: it comes back as text', async () => {
    await asking.ask(deps.platform.exchange({ place: IN_THREAD }), '<!channel> *what* does <https://evil.example|kmm security> ask for?', {
      audience: 'everyone',
    })
    const texts = deps.platform.last().blocks.flatMap((block) => (block.kind === 'text' ? block.parts : []))
    expect(texts.every(({ kind }) => kind === 'text')).toBe(true)
  })
})

describe('a follow-up', () => {
  const ask = (question: string, place: object, person = 'U1', audience: 'everyone' | 'asker' = 'everyone') =>
    asking.ask(deps.platform.exchange({ place, person }), question, { audience })
  const firstPassage = () => passagesOf(deps.platform.last())[0]

  it('in a thread is understood with what was asked there before, by whomever', async () => {
    await ask(SECURITY_2, IN_THREAD)
    await ask(NEXT, IN_THREAD, 'U2')
    expect(firstPassage()).toBe('kmm/security/3')
  })

  it('in another thread, or in the same thread of another channel, is not', async () => {
    await ask(SECURITY_2, IN_THREAD)
    for (const place of [{ thread: 't2' }, { id: 'C2', thread: 't1' }]) {
      await ask(NEXT, place)
      expect(firstPassage()).not.toBe('kmm/security/3')
    }
  })

  it('in a thread is not understood any more with what was asked over a day before', async () => {
    await ask(SECURITY_2, IN_THREAD)
    deps.setNow('2026-03-03T08:59:00.000Z')
    await ask(NEXT, IN_THREAD)
    expect(firstPassage()).toBe('kmm/security/3')
    deps.setNow('2026-03-04T08:58:00.000Z')
    await ask(NEXT, IN_THREAD)
    expect(firstPassage()).toBe('kmm/security/4')
    deps.setNow('2026-03-05T09:01:00.000Z')
    await ask(NEXT, IN_THREAD)
    expect(firstPassage()).not.toMatch(/^kmm\/security/)
  })

  it('by slash command is understood with what the same person asked in that place in the last quarter of an hour', async () => {
    await ask(SECURITY_2, {}, 'U1', 'asker')
    deps.setNow('2026-03-02T09:14:00.000Z')
    await ask(NEXT, {}, 'U1', 'asker')
    expect(firstPassage()).toBe('kmm/security/3')
    for (const [place, person] of [
      [{ id: 'C2' }, 'U1'],
      [{}, 'U2'],
    ] as const) {
      await ask(NEXT, place, person, 'asker')
      expect(firstPassage()).not.toMatch(/^kmm\/security/)
    }
    deps.setNow('2026-03-02T09:30:00.000Z')
    await ask(NEXT, {}, 'U1', 'asker')
    expect(firstPassage()).not.toMatch(/^kmm\/security/)
  })

  it('in public says nothing of what was asked privately', async () => {
    await ask(SECURITY_2, IN_THREAD, 'U1', 'asker')
    await ask(NEXT, IN_THREAD)
    expect(firstPassage()).not.toMatch(/^kmm\/security/)
  })

  it('that turns to something else is not taken for one', async () => {
    await ask(SECURITY_2, IN_THREAD)
    await ask('What is the capital of France?', IN_THREAD)
    expect(firstPassage()).toBeUndefined()
    await ask(NEXT, IN_THREAD)
    expect(firstPassage()).toBe('kmm/security/3')
  })

  it('to being asked back has what it needs', async () => {
    await ask('level 3', IN_THREAD)
    await ask('KMM security', IN_THREAD)
    expect(firstPassage()).toBe('kmm/security/3')
  })

  it('is no question that was pressed, which stands alone; what is written after it goes on from it', async () => {
    const direct = { kind: 'personal', id: 'D1' } as const
    const press = (question: string) => asking.presses['ask.this']?.(deps.platform.exchange({ place: direct }), { question })
    await ask(SECURITY_2, direct)
    await press(NEXT)
    expect(firstPassage()).not.toMatch(/^kmm\/security/)
    await press(SECURITY_2)
    await ask(NEXT, direct)
    expect(firstPassage()).toBe('kmm/security/3')
  })

  it('in a direct message without threads goes on with the conversation', async () => {
    await ask(SECURITY_2, { kind: 'personal', id: 'D1' })
    await ask(NEXT, { kind: 'personal', id: 'D1' })
    expect(firstPassage()).toBe('kmm/security/3')
  })
})

describe('the ask command', () => {
  const run = (words: string, place: object) => asking.commands[0]?.run(deps.platform.exchange({ place }), words)

  it('answers the asker alone, who can share the answer', async () => {
    await run(SECURITY_2, {})
    expect(deps.platform.shown.map(({ how }) => how)).toEqual(['whisper'])
    expect(labelsOf(deps.platform.last())).toEqual(['Share in channel'])
  })

  it('answers everybody where it was typed in a thread, and in direct messages', async () => {
    await run(SECURITY_2, IN_THREAD)
    await run(SECURITY_2, { kind: 'personal', id: 'D1' })
    expect(deps.platform.shown.map(({ how }) => how)).toEqual(['stream', 'stream'])
    expect(labelsOf(deps.platform.last())).toEqual([])
  })

  it('without a question says how to ask one', async () => {
    await expect(run('  ', {})).rejects.toThrow('Write your question after “ask”, for example: ask Who should be able to ssh into prod at level 3?')
  })
})

describe('with a chat model', { timeout: 20_000 }, () => {
  let chat: ChatEngine
  beforeAll(async () => {
    chat = await openChatEngine()
    return () => chat.close()
  }, 30_000)
  beforeEach(() => {
    asking = createAsking({ ...deps, assistant: () => chat.assistant })
  })

  it('an answer says who wrote it', async () => {
    chat.use(honest)
    await asking.ask(deps.platform.exchange({ place: IN_THREAD }), SECURITY_2, { audience: 'everyone' })
    expect(textOf(deps.platform.last())).toContain(`Written by ${CHAT_MODEL}; every sentence was checked against its sources.`)
  })

  it('an answer that did not stand up to the check is quoted, in place of what was written', async () => {
    chat.use(inventingNumbers)
    const exchange = deps.platform.exchange({ place: IN_THREAD })
    await asking.ask(exchange, SECURITY_2, { audience: 'everyone' })
    expect(textOf(deps.platform.last())).not.toContain('Written by')
    expect(exchange.written.join('')).toContain('so this is quoted from them')
  })

  it('stops when the person says so, with what was said by then, and forgets the question', async () => {
    chat.use(endless)
    const exchange = deps.platform.exchange({ place: IN_THREAD })
    const asked = asking.ask(exchange, SECURITY_2, { audience: 'everyone' })
    await expect.poll(() => exchange.written.length, { timeout: 10_000 }).toBeGreaterThan(0)
    const said = exchange.written.join('')
    exchange.abort()
    await asked
    expect(await chat.server.calls.at(-1)?.ended).toBe('closed')
    const text = textOf(deps.platform.last())
    expect(text).toContain(said.replace(/ ?\[\d+\]/g, ''))
    expect(text).toMatch(/\nStopped\. [^\n]+$/)
    expect(text).not.toMatch(/\[\d+\]/)
    expect(exchange.written.join('')).toBe(said)
    expect(await everything()).toEqual([])
  })

  it('stops before the first sentence too', async () => {
    chat.use(() => ({ kind: 'stall' }))
    const exchange = deps.platform.exchange({ place: IN_THREAD })
    const before = chat.server.calls.length
    const asked = asking.ask(exchange, SECURITY_2, { audience: 'everyone' })
    await expect.poll(() => chat.server.calls.length).toBe(before + 1)
    exchange.abort()
    await asked
    expect(textOf(deps.platform.last())).toBe('Stopped.')
    expect(await everything()).toEqual([])
  })
})
