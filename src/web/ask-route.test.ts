import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHAT_MODEL, type ChatEngine, openChatEngine } from '../testing/chat-engine.ts'
import { endless } from '../testing/scripted-models/endless.ts'
import { honest } from '../testing/scripted-models/honest.ts'
import { createWebServer } from './server.ts'
import { noAssessments } from './testing/test-server.ts'

const QUESTION = 'What does level 3 of KMM security ask for?'

let engine: ChatEngine
let origin: string
let logged = ''
let server: ReturnType<typeof createWebServer>
beforeAll(async () => {
  engine = await openChatEngine()
  const log = pino(
    { level: 'info' },
    new PassThrough().on('data', (line) => {
      logged += line
    }),
  )
  server = createWebServer({
    assistant: () => engine.assistant,
    corpus: () => engine.corpus,
    assessments: noAssessments,
    digests: noAssessments,
    ready: () => true,
    log,
  })
  origin = await server.listen({ port: 0, host: '127.0.0.1' })
}, 30_000)
afterAll(async () => {
  await server.close()
  await engine.close()
})

const post = (signal?: AbortSignal) =>
  fetch(`${origin}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question: QUESTION }),
    ...(signal === undefined ? {} : { signal }),
  })

describe('/api/ask with a chat model', () => {
  it('sends each sentence when it is verified, before the model has finished', async () => {
    engine.use(async (call) => {
      const reply = await honest(call)
      return reply.kind === 'text' ? { ...reply, chunkDelayMs: 30 } : reply
    })
    const response = await post()
    const decoder = new TextDecoder()
    let text = ''
    let early: boolean | undefined
    for await (const piece of response.body as ReadableStream<Uint8Array>) {
      text += decoder.decode(piece, { stream: true })
      if (text.includes('"sentence"')) early ??= !text.includes('"done"')
    }
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(early).toBe(true)
    expect(lines.map(({ type }) => type)).toEqual(['sentence', 'sentence', 'done'])
    expect(lines.at(-1).answer).toMatchObject({ answerer: CHAT_MODEL, outcome: 'answered' })
    expect(lines.at(-1).turns).toEqual([QUESTION, lines.at(-1).answer.text])
    expect(lines[0].citations).toEqual([1])
  })

  it('takes back what was sent when the model breaks off, and sends the quoted answer', async () => {
    engine.use(async (call) => {
      const reply = await honest(call)
      return { kind: 'cut', text: reply.kind === 'text' ? `${reply.text} And more` : '' }
    })
    const lines = (await (await post()).text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const withdrawn = lines.findIndex(({ type }) => type === 'withdrawn')
    // Whether a sentence was verified before the connection broke is a matter of milliseconds.
    expect(withdrawn >= 0).toBe(lines[0].type === 'sentence')
    expect(lines.at(-1).answer.answerer).toBe('extractive')
    expect(lines.at(-1).turns).toEqual([QUESTION, 'level 3 in Security and compliance of the KMM'])
    expect(lines[withdrawn + 1].type).toBe('heading')
  })

  it('stops the model when nobody reads on, and logs no fault', async () => {
    engine.use(() => ({ kind: 'stall' }))
    const leave = new AbortController()
    const before = engine.server.calls.length
    const asking = post(leave.signal).catch(() => 'left')
    await expect.poll(() => engine.server.calls.length).toBe(before + 1)
    leave.abort()
    expect(await asking).toBe('left')
    expect(await engine.server.calls.at(-1)?.ended).toBe('closed')
    engine.use(endless)
    expect(await (await post()).text()).toContain('"done"')
    expect(logged).not.toContain('request failed')
  })
})
