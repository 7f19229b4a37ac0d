import { afterEach, describe, expect, it } from 'vitest'
import { WriterError } from '../answers/answer-writer.ts'
import type { ChatScript, Reply } from '../testing/chat-server/chat-script.ts'
import { type ChatServer, startChatServer } from '../testing/chat-server/start-chat-server.ts'
import { type ChatBudget, type ChatCallsOptions, createChatCalls } from './chat-calls.ts'
import { createMemoryLedger } from './memory-ledger.ts'
import { createOpenAIChatModel } from './openai-chat-model.ts'

const PROMPT = { system: 'Answer from the passages.', user: 'What is level 2?' }
const LOCAL = { tenant: 'local' }
const FREE: ChatBudget = { tokensPerDay: 1_000_000, costPerDay: undefined, inputPrice: 0, outputPrice: 0 }
const FINE: Reply = { kind: 'text', text: 'Level 2 is about policies.', usage: { input: 10, output: 5 } }
const TODAY = '2026-11-21'

let server: ChatServer
afterEach(() => server.close())

async function open(script: ChatScript, options: Partial<ChatCallsOptions> = {}) {
  server = await startChatServer(script)
  const ledger = createMemoryLedger()
  const model = createOpenAIChatModel({ model: 'm', baseUrl: server.baseUrl })
  return { ledger, calls: createChatCalls({ model, ledger, budget: FREE, now: () => new Date(`${TODAY}T10:00:00Z`), ...options }) }
}

const troubleOf = (asking: Promise<unknown>) =>
  asking.then(
    () => 'none',
    (error: unknown) => (error instanceof WriterError ? error.trouble : error),
  )

describe('a call', () => {
  it('gives the text as it comes and whole, and is written down', async () => {
    const { calls, ledger } = await open(() => FINE, { budget: { ...FREE, inputPrice: 2, outputPrice: 10 } })
    let streamed = ''
    const reply = await calls.ask(PROMPT, LOCAL, { onText: (piece) => (streamed += piece) })
    expect(reply).toEqual({ text: 'Level 2 is about policies.', isWhole: true })
    expect(streamed).toBe(reply.text)
    expect(calls.name).toBe('m')
    expect(await ledger.usedOn('local', TODAY)).toEqual({ calls: 1, inputTokens: 10, outputTokens: 5, cost: (10 * 2 + 5 * 10) / 1e6 })
  })

  it('tells when the text was cut off', async () => {
    const { calls } = await open(() => ({ kind: 'length', text: 'Level 2 is ab' }))
    expect(await calls.ask(PROMPT, LOCAL)).toEqual({ text: 'Level 2 is ab', isWhole: false })
  })

  it.each<[string, Reply, boolean]>([
    ['before', { kind: 'stall' }, false],
    ['inside', { kind: 'stall', text: 'Level 2 ' }, true],
  ])('is given up when the server stalls %s the stream, and counts', async (_where, reply, begins) => {
    const { calls, ledger } = await open(() => reply, { timeLimitMs: 300 })
    const started = performance.now()
    expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('time-out')
    expect(performance.now() - started).toBeLessThan(2000)
    const used = await ledger.usedOn('local', TODAY)
    expect(used.calls).toBe(1)
    expect(used.inputTokens).toBeGreaterThan(0)
    expect(used.outputTokens > 0).toBe(begins)
    expect(await server.calls[0]?.ended).toBe('closed')
  })

  it('may have less time than others', async () => {
    const { calls } = await open(() => ({ kind: 'stall' }), { timeLimitMs: 60_000 })
    expect(await troubleOf(calls.ask(PROMPT, LOCAL, { timeLimitMs: 100 }))).toBe('time-out')
  })

  it('that never ends is stopped, counted, and not whole', async () => {
    const { calls, ledger } = await open(() => ({ kind: 'endless', text: 'Level 2 is about network policies and so on. ' }))
    const { text, isWhole } = await calls.ask(PROMPT, LOCAL)
    expect([text.length > 8_000, text.length < 9_000, isWhole]).toEqual([true, true, false])
    expect((await ledger.usedOn('local', TODAY)).outputTokens).toBeGreaterThan(1_900)
    expect(await server.calls[0]?.ended).toBe('closed')
  })

  it('is tried again when the server fails, and counts once', async () => {
    const { calls, ledger } = await open(({ attempt }) => (attempt < 3 ? { kind: 'error', status: 500 } : FINE))
    expect((await calls.ask(PROMPT, LOCAL)).isWhole).toBe(true)
    expect(server.calls).toHaveLength(3)
    expect((await ledger.usedOn('local', TODAY)).calls).toBe(1)
  }, 15_000)

  it.each(['usedOn', 'add'] as const)('is not made, or not believed, when usage can not be counted (%s)', async (method) => {
    const broken = { ...createMemoryLedger(), [method]: () => Promise.reject(new Error('disk full')) }
    const { calls } = await open(() => FINE, { ledger: broken })
    expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('uncounted')
    expect(server.calls).toHaveLength(method === 'usedOn' ? 0 : 1)
  })
})

describe('the circuit', () => {
  const REFUSED: Reply = { kind: 'error', status: 401 }

  it('opens after three failures in a row, lets one call through after the pause, and closes when it succeeds', async () => {
    let reply: Reply = REFUSED
    const { calls } = await open(() => reply, { pauseMs: 400 })
    for (let i = 0; i < 3; i++) expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('refused')
    expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('unreachable')
    expect(server.calls).toHaveLength(3)

    await new Promise((resolve) => setTimeout(resolve, 450))
    expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('refused')
    expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('unreachable')
    expect(server.calls).toHaveLength(4)

    await new Promise((resolve) => setTimeout(resolve, 450))
    reply = FINE
    for (let i = 0; i < 3; i++) expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('none')
    expect(server.calls).toHaveLength(7)
  })

  it('counts a time-out, and starts anew after a success', async () => {
    let reply: Reply = { kind: 'stall' }
    const { calls } = await open(() => reply, { timeLimitMs: 100, pauseMs: 60_000 })
    for (const next of [FINE, REFUSED, REFUSED, FINE, REFUSED, REFUSED, REFUSED, FINE]) {
      await troubleOf(calls.ask(PROMPT, LOCAL))
      reply = next
    }
    expect(server.calls).toHaveLength(8)
    expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('unreachable')
    expect(server.calls).toHaveLength(8)
  })

  it("does not count a person's own stop, which comes out as it went in", async () => {
    const { calls, ledger } = await open(() => ({ kind: 'stall', text: 'Level ' }), { pauseMs: 60_000 })
    for (let i = 0; i < 5; i++) {
      const stop = new AbortController()
      const why = new Error('they left')
      const asking = troubleOf(calls.ask(PROMPT, { tenant: 'local', signal: stop.signal }, { onText: () => stop.abort(why) }))
      expect(await asking).toBe(why)
    }
    expect(server.calls).toHaveLength(5)
    expect((await ledger.usedOn('local', TODAY)).calls).toBe(5)
  })
})

describe('the budget', () => {
  it('stops calls of a tenant once its tokens of the day are used', async () => {
    let day = TODAY
    const { calls } = await open(() => ({ kind: 'text', text: 'Fine.', usage: { input: 700, output: 300 } }), {
      budget: { ...FREE, tokensPerDay: 2_000 },
      now: () => new Date(`${day}T23:59:59Z`),
    })
    const ask = (tenant: string) => troubleOf(calls.ask(PROMPT, { tenant }))
    expect([await ask('a'), await ask('a'), await ask('a')]).toEqual(['none', 'none', 'budget'])
    expect(await ask('b')).toBe('none')
    day = '2026-11-22'
    expect(await ask('a')).toBe('none')
    expect(server.calls).toHaveLength(4)
  })

  it('stops calls once their cost is reached', async () => {
    const { calls, ledger } = await open(() => ({ kind: 'text', text: 'Fine.', usage: { input: 1_000, output: 1_000 } }), {
      budget: { ...FREE, costPerDay: 0.025, inputPrice: 3, outputPrice: 15 },
    })
    const outcomes = [await troubleOf(calls.ask(PROMPT, LOCAL)), await troubleOf(calls.ask(PROMPT, LOCAL))]
    expect(outcomes).toEqual(['none', 'budget'])
    expect((await ledger.usedOn('local', TODAY)).cost).toBeCloseTo(0.018)
  })

  it.each<[string, Partial<ChatBudget>]>([
    ['tokens', { tokensPerDay: 1_200 }],
    ['cost', { costPerDay: 0.02, inputPrice: 3, outputPrice: 15 }],
  ])('of %s counts what is under way: several at once do not all pass', async (_what, budget) => {
    const { calls } = await open(() => ({ kind: 'text', text: 'Fine.', chunkDelayMs: 50 }), { budget: { ...FREE, ...budget } })
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => troubleOf(calls.ask(PROMPT, LOCAL))))
    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(2)
    expect(outcomes.filter((outcome) => outcome === 'budget')).toHaveLength(3)
    // What was reserved is free again.
    expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('none')
  })

  it('of nothing lets nothing through', async () => {
    const { calls } = await open(() => FINE, { budget: { ...FREE, tokensPerDay: 0 } })
    expect(await troubleOf(calls.ask(PROMPT, LOCAL))).toBe('budget')
    expect(server.calls).toEqual([])
  })
})
