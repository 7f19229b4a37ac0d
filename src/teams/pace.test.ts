import { expect, it } from 'vitest'
import { createPace } from './pace.ts'
import { createThrottling } from './testing/throttling.ts'

it('many messages at once in one conversation come as fast as Teams takes them, and hold up no other one', async () => {
  let now = 0
  const sent: number[] = []
  const throttling = createThrottling(() => now)
  const pace = createPace(
    () => now,
    async (ms) => void sent.push(now + ms),
  )
  for (let i = 0; i < 100; i++) await pace.turn('a chat')
  expect(sent[0]).toBeLessThan(1_500)
  const before = sent.length
  await pace.turn('another chat')
  expect(sent.length).toBe(before)

  // The first seven had nothing to wait for.
  for (const at of [...Array.from({ length: 100 - before }, () => 0), ...sent]) {
    now = at
    expect(throttling.check('a chat'), `at ${at}`).toBeUndefined()
  }
  expect(sent.at(-1)).toBeLessThan(62_000)
})
