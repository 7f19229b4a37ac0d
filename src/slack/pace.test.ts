import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPace } from './pace.ts'

function paceByClock() {
  let now = 0
  const waits: number[] = []
  const pace = createPace(
    () => now,
    async (ms) => void waits.push(ms),
  )
  return {
    ...pace,
    waits,
    at(ms: number) {
      now = ms
    },
  }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('the pace of messages', () => {
  it('is one a second in a channel, each channel at its own', async () => {
    const { turn, waits, at } = paceByClock()
    for (const channel of ['C1', 'C1', 'C1', 'C2']) await turn('T1', channel)
    expect(waits).toEqual([1000, 2000])
    at(10_000)
    await turn('T1', 'C1')
    expect(waits).toEqual([1000, 2000])
  })

  it('of a workspace is held when Slack says so, and then slower until it goes well again', async () => {
    let now = 0
    const sent: number[] = []
    const pace = createPace(
      () => now,
      async (ms) => {
        now += ms
      },
    )
    const send = async (n: number, workspace = 'T1') => {
      for (let i = 0; i < n; i++) {
        await pace.turn(workspace, `C${sent.length}`)
        sent.push(now)
      }
    }
    await send(3)
    expect(sent).toEqual([0, 0, 0])
    // Three that were on their way together.
    for (let i = 0; i < 3; i++) pace.hold('T1', 1_000)
    await send(1, 'T2')
    expect(now).toBe(0)
    await send(3)
    expect(sent.slice(4).map(Math.round)).toEqual([1_000, 1_050, 1_099])
    pace.hold('T1', 2_000)
    await send(2)
    expect((sent.at(-1) as number) - (sent.at(-2) as number)).toBeGreaterThan(80)
    await send(120)
    const before = now
    await send(10)
    expect(now).toBe(before)
  })

  it('of looking through conversations is its own: some at once, then slower', async () => {
    const { turn, look, waits, at } = paceByClock()
    for (let i = 0; i < 20; i++) await look('T1')
    await look('T2')
    await turn('T1', 'C1')
    expect(waits).toEqual([])
    for (let i = 0; i < 2; i++) await look('T1')
    expect(waits).toEqual([1_200, 2_400])
    at(60_000)
    await look('T1')
    expect(waits).toEqual([1_200, 2_400])
  })

  it('of files is slow and its own; what is waited for goes first, and is counted all the same', async () => {
    vi.useFakeTimers({ now: 0 })
    const sent: string[] = []
    const pace = createPace(() => Date.now())
    const send = async (name: string, { isWaitedFor = false, workspace = 'T1' } = {}) => {
      await pace.upload(workspace, isWaitedFor)
      sent.push(`${name} ${Date.now()}`)
    }
    /** What is sent in that time. */
    const pass = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms)
      return sent.splice(0)
    }
    for (const name of ['a', 'b', 'c', 'd']) void send(name)
    void send('elsewhere', { workspace: 'T2' })
    await pace.turn('T1', 'C1')
    expect((await pass(100)).sort()).toEqual(['a 0', 'elsewhere 0'])
    void send('asked for', { isWaitedFor: true })
    // A place of its own in the line, and the next one comes after it.
    expect(await pass(1_500)).toEqual(['asked for 100', 'b 1400'])
    // Slack has had too many: nobody's are taken for a while, and then fewer.
    for (let i = 0; i < 2; i++) pace.holdUploads('T1', 10_000)
    void send('patient', { isWaitedFor: true })
    expect(await pass(9_999)).toEqual([])
    expect(await pass(4_000)).toEqual(['patient 11600', 'c 13000', 'd 14372'])
    for (let i = 0; i < 60; i++) void send(`${i}`)
    const [before = 0, last = 0] = (await pass(100_000)).slice(-2).map((each) => Number(each.split(' ')[1]))
    expect(last - before).toBe(700)
  })

  it('tells at once where a turn would come too late, and nobody waits longer for it', async () => {
    const { turn, hold, waits } = paceByClock()
    expect(await turn('T1', 'C1', 500)).toBe(true)
    expect(await turn('T1', 'C1', 500)).toBe(false)
    expect(await turn('T1', 'C1', 1_000)).toBe(true)
    hold('T1', 60_000)
    expect(await turn('T1', 'C2', 45_000)).toBe(false)
    expect(await turn('T2', 'C2', 45_000)).toBe(true)
    expect(waits).toEqual([1_000])
  })
})
