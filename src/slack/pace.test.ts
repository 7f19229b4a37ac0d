import { expect, it } from 'vitest'
import { createPace } from './pace.ts'

it('a channel gets a message a second, each channel at its own pace', async () => {
  const waits: number[] = []
  let now = 0
  const pace = createPace(
    () => now,
    async (ms) => void waits.push(ms),
  )
  await pace.turn('C1')
  await pace.turn('C1')
  await pace.turn('C1')
  await pace.turn('C2')
  expect(waits).toEqual([1000, 2000])
  now = 10_000
  await pace.turn('C1')
  expect(waits).toEqual([1000, 2000])
})
