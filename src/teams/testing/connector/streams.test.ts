/** Streaming by the real botbuilder: what Teams takes, and what it refuses. */
import { type Activity, TurnContext } from 'botbuilder'
import { afterEach, describe, expect, it } from 'vitest'
import type { TeamsServer, TeamsServerOptions } from '../teams-server.ts'
import { startWithBot } from '../test-bot.ts'
import type { Wire } from '../world.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Streaming {
  server: TeamsServer
  /** @returns the id that the connector answered */
  part(text: string, info: Wire, more?: Wire): Promise<string>
  end(text: string, info: Wire, more?: Wire): Promise<string>
}

async function start({ in: where = 'personal ada', ...options }: TeamsServerOptions & { entities?: boolean; in?: string } = {}): Promise<Streaming> {
  const { server, bot, close } = await startWithBot(async () => {}, { ...options, times: { streamPaceMs: 1, ...options.times } })
  closing.push(close)
  server.user('ada').mention(where, 'stream, please')
  await server.settled()
  const reference = TurnContext.getConversationReference(server.deliveries[0]?.activity as Partial<Activity>)
  async function send(activity: Wire): Promise<string> {
    let id = ''
    await bot.adapter.continueConversationAsync(server.appId, reference, async (context) => {
      id = (await context.sendActivity(activity as Partial<Activity>))?.id ?? ''
    })
    return id
  }
  const entities = (info: Wire) => [{ type: 'streaminfo', ...info }]
  return {
    server,
    part: (text, info, more = {}) => send({ type: 'typing', text, entities: entities({ streamType: 'streaming', ...info }), ...more }),
    end: (text, info, more = {}) => send({ type: 'message', text, entities: entities({ streamType: 'final', ...info }), ...more }),
  }
}

describe('a stream', () => {
  it('grows and ends as one message', async () => {
    const { server, part, end } = await start()
    const streamId = await part('Looking it up', { streamType: 'informative', streamSequence: 1 })
    const [, message] = server.dm('ada')
    expect(message).toMatchObject({ id: streamId, text: '', stream: { informative: 'Looking it up', state: 'streaming' } })
    await part('A brown', { streamId, streamSequence: 2 })
    await part('A brown fox', { streamId, streamSequence: 3 })
    expect(message?.text).toBe('A brown fox')
    await end('A brown fox jumped', { streamId })
    expect(message).toMatchObject({ text: 'A brown fox jumped', stream: { state: 'final' } })
    expect(server.dm('ada')).toHaveLength(2)
    expect(server.calls.map(({ status }) => status)).toEqual([201, 202, 202, 202])
    expect(server.nothingWrong()).toEqual([])
    await expect(part('more', { streamId, streamSequence: 4 })).rejects.toMatchObject({ statusCode: 403, code: 'ContentStreamNotAllowed' })
  })

  it('keeps to its rules', async () => {
    const { server, part, end } = await start()
    await expect(part('x', { streamSequence: 2 })).rejects.toMatchObject({ statusCode: 400 })
    await expect(part('', { streamSequence: 1 })).rejects.toMatchObject({ statusCode: 400 })
    await expect(part('x'.repeat(1001), { streamType: 'informative', streamSequence: 1 })).rejects.toMatchObject({ statusCode: 400 })
    await expect(end('x', {})).rejects.toMatchObject({ statusCode: 400 })
    const streamId = await part('A brown', { streamSequence: 1 })
    await expect(part('Another', { streamSequence: 1 })).rejects.toMatchObject({ statusCode: 403, code: 'ContentStreamNotAllowed' })
    await expect(part('Hello', { streamId, streamSequence: 2 })).rejects.toMatchObject({ statusCode: 400 })
    await expect(part('A brown', { streamId, streamType: 'final', streamSequence: 2 })).rejects.toMatchObject({ statusCode: 400 })
    await expect(end('A brown fox', { streamId, streamType: 'streaming' })).rejects.toMatchObject({ statusCode: 400 })
    expect(server.faults).toHaveLength(8)
    await part('A brown', { streamId, streamSequence: 1 })
    expect(server.faults).toHaveLength(8)
    await part('A brown cat', { streamId, streamSequence: 1 })
    await end('A brown fox', { streamId, streamSequence: 9 })
    expect(server.nothingWrong().slice(8)).toEqual(['stream: streamSequence 1 after 1', 'stream: the end of a stream with streamSequence'])
  })

  it('is refused when it comes too fast, is stopped, or takes too long', async () => {
    const fast = await start({ times: { streamPaceMs: 60_000 } })
    const streamId = await fast.part('a', { streamSequence: 1 })
    await fast.part('ab', { streamId, streamSequence: 2 })
    await expect(fast.part('abc', { streamId, streamSequence: 3 })).rejects.toMatchObject({ statusCode: 429 })
    const [, message] = fast.server.dm('ada')
    if (message === undefined) throw new Error('nothing is streamed')
    fast.server.user('ada').stop(message)
    await expect(fast.end('abcd', { streamId })).rejects.toMatchObject({ statusCode: 403, message: 'Content stream was canceled by user.' })
    expect(fast.server.faults).toHaveLength(1)

    const slow = await start({ times: { streamMs: 1 } })
    const late = await slow.part('a', { streamSequence: 1 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await expect(slow.end('ab', { streamId: late })).rejects.toMatchObject({ message: 'Content stream finished due to exceeded streaming time.' })
    expect(slow.server.nothingWrong()).toEqual([])
  })

  it('is sent one part at a time', async () => {
    const { server, part } = await start()
    const streamId = await part('a', { streamSequence: 1 })
    server.delay(50)
    await Promise.all([part('ab', { streamId, streamSequence: 2 }), part('abc', { streamId, streamSequence: 3 })])
    expect(server.nothingWrong()).toEqual(['stream: two parts at once'])
  })

  it('is for personal chats, and needs entities that botbuilder strips', async () => {
    const inChannel = await start({ in: 'payments' })
    await expect(inChannel.part('a', { streamSequence: 1 })).rejects.toMatchObject({ statusCode: 400, code: 'BadArgument' })
    const stripped = await start({ entities: false })
    await expect(stripped.part('a', { streamSequence: 1 })).rejects.toThrow(
      'Only start streaming and continue streaming types are allowed as a typing activity',
    )
  })
})
