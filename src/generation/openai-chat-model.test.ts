import { describe, expect, it } from 'vitest'
import type { ChatScript, Reply } from '../testing/chat-server/chat-script.ts'
import { startChatServer } from '../testing/chat-server/start-chat-server.ts'
import { ChatModelError, type StreamEnd } from './chat-model.ts'
import { createOpenAIChatModel } from './openai-chat-model.ts'

const PROMPT = { system: 'Answer from the passages.', user: 'What is level 2?' }

interface Streamed {
  pieces: string[]
  end: StreamEnd | undefined
  error: unknown
  calls: number
  faults: readonly string[]
}

async function stream(
  script: ChatScript,
  { signal = new AbortController().signal, apiKey = 'key', letIn = undefined as string | undefined } = {},
): Promise<Streamed> {
  const server = await startChatServer(script, letIn === undefined ? {} : { apiKey: letIn })
  const pieces: string[] = []
  let end: StreamEnd | undefined
  let error: unknown
  try {
    const model = createOpenAIChatModel({ model: 'm', apiKey, baseUrl: server.baseUrl })
    for await (const piece of model.stream(PROMPT, { signal, onEnd: (told) => (end = told) })) pieces.push(piece)
  } catch (thrown) {
    error = thrown
  } finally {
    await server.close()
  }
  return { pieces, end, error, calls: server.calls.length, faults: server.faults }
}

const always = (reply: Reply) => () => reply
const troubleOf = ({ error }: Streamed) => (error instanceof ChatModelError ? error.trouble : error)

describe('a chat model of an OpenAI-compatible server', () => {
  it('sends prompt and key, and gives the text piece by piece with what the server counted', async () => {
    const seen: unknown[] = []
    const { pieces, end, error, faults } = await stream(
      (call) => {
        seen.push(call.messages, call.stream)
        return { kind: 'text', text: 'Level 2 is about network policies [1].', usage: { input: 12, output: 7 } }
      },
      { letIn: 'key' },
    )
    expect([error, faults]).toEqual([undefined, []])
    expect(seen).toEqual([
      [
        { role: 'system', content: PROMPT.system },
        { role: 'user', content: PROMPT.user },
      ],
      true,
    ])
    expect(pieces.length).toBeGreaterThan(3)
    expect(pieces.join('')).toBe('Level 2 is about network policies [1].')
    expect(end).toEqual({ tokens: { input: 12, output: 7 }, isWhole: true })
  })

  it('estimates what the server does not count', async () => {
    const { end } = await stream(always({ kind: 'text', text: 'Twenty characters ok', usage: 'none' }))
    expect(end).toEqual({ tokens: { input: Math.ceil((PROMPT.system + PROMPT.user).length / 4), output: 5 }, isWhole: true })
  })

  it('puts characters together that arrive in halves', async () => {
    expect((await stream(always({ kind: 'multibyte', text: 'Überprüfung – 镜像 🪨' }))).pieces.join('')).toBe('Überprüfung – 镜像 🪨')
  })

  it.each([
    ['length', always({ kind: 'length', text: 'Level 2 is about netw' })],
    ['filter', always({ kind: 'filtered', text: 'Level 2 is about netw' })],
  ])('says when the text was cut off: %s', async (_why, script) => {
    const { pieces, end, error } = await stream(script)
    expect([pieces.join(''), end?.isWhole, error]).toEqual(['Level 2 is about netw', false, undefined])
  })

  it.each<[string, string, number, Reply]>([
    ['a wrong key', 'refused', 1, { kind: 'error', status: 401 }],
    ['no right to the model', 'refused', 1, { kind: 'error', status: 403 }],
    ['an unknown model', 'refused', 1, { kind: 'error', status: 404 }],
    ['a request it does not take', 'refused', 1, { kind: 'error', status: 400 }],
    ['a prompt that is too long', 'refused', 1, { kind: 'error', status: 400, code: 'context_length_exceeded' }],
    ['no money left', 'refused', 1, { kind: 'error', status: 429, code: 'insufficient_quota' }],
    ['too many requests', 'unreachable', 1, { kind: 'error', status: 429 }],
    ['a refusal', 'unreadable', 1, { kind: 'refusal', text: 'I can not help with that.' }],
    ['nothing', 'unreadable', 1, { kind: 'empty' }],
    ['a page of HTML', 'unreadable', 1, { kind: 'garbage', body: '<html>Welcome to the proxy</html>', contentType: 'text/html' }],
    ['something else', 'unreadable', 1, { kind: 'garbage', body: '{}', contentType: 'application/json' }],
    ['a stream that is none', 'unreadable', 1, { kind: 'garbage', body: 'data: {"choices": [\n\n' }],
    ['an error in the stream', 'unreachable', 1, { kind: 'garbage', body: 'data: {"error": {"message": "overloaded"}}\n\n' }],
    [
      'a stream without its end',
      'unreadable',
      1,
      {
        kind: 'garbage',
        body: 'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Half"}}]}\n\n',
      },
    ],
    ['half an answer', 'unreachable', 1, { kind: 'cut', text: 'Level 2 is' }],
  ])('that answers with %s is %s', async (_what, trouble, calls, reply) => {
    const streamed = await stream(always(reply))
    expect([troubleOf(streamed), streamed.calls]).toEqual([trouble, calls])
  })

  it('is asked again twice when it fails', async () => {
    const [failing, recovering] = await Promise.all([
      stream(always({ kind: 'error', status: 500 })),
      stream(({ attempt }) => (attempt < 3 ? { kind: 'error', status: 503 } : { kind: 'text', text: 'Here again.' })),
    ])
    expect([troubleOf(failing), failing.calls]).toEqual(['unreachable', 3])
    expect([recovering.pieces.join(''), recovering.error]).toEqual(['Here again.', undefined])
  }, 20_000)

  it('that is not there is unreachable', async () => {
    const server = await startChatServer(always({ kind: 'empty' }))
    await server.close()
    const model = createOpenAIChatModel({ model: 'm', baseUrl: server.baseUrl })
    const reading = (async () => {
      for await (const _ of model.stream(PROMPT, { signal: AbortSignal.timeout(15_000), onEnd: () => {} }));
    })()
    await expect(reading).rejects.toMatchObject({ trouble: 'unreachable' })
  }, 20_000)

  it.each<[string, Reply]>([
    ['before', { kind: 'stall' }],
    ['inside', { kind: 'stall', text: 'Level 2 is ' }],
  ])('stops with the reason of the signal, %s the stream', async (where, reply) => {
    const why = new Error('enough')
    const control = new AbortController()
    setTimeout(() => control.abort(why), 200)
    const { error, end, pieces } = await stream(always(reply), { signal: control.signal })
    expect(error).toBe(why)
    expect(pieces.join('')).toBe(where === 'inside' ? 'Level 2 is ' : '')
    expect(end?.tokens.input).toBeGreaterThan(0)
    expect(end?.isWhole).toBe(false)
  })

  it('costs nothing where it turned the request away', async () => {
    expect((await stream(always({ kind: 'error', status: 401 }))).end?.tokens).toEqual({ input: 0, output: 0 })
    expect((await stream(always({ kind: 'cut', text: 'Level 2 is about' }))).end?.tokens.output).toBe(4)
  })

  it('that wants no key gets one all the same', async () => {
    const server = await startChatServer(always({ kind: 'text', text: 'Fine.' }))
    const model = createOpenAIChatModel({ model: 'm', baseUrl: server.baseUrl })
    for await (const _ of model.stream(PROMPT, { signal: new AbortController().signal, onEnd: () => {} }));
    expect([server.calls.length, server.faults]).toEqual([1, []])
    await server.close()
  })
})
