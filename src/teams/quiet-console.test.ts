import { afterEach, expect, it, vi } from 'vitest'
import { withQuietConsole } from './quiet-console.ts'

const print = vi.spyOn(console, 'error').mockImplementation(() => {})
afterEach(() => print.mockClear())

it('what is printed meanwhile is said elsewhere, and only by what was called', async () => {
  const said: unknown[][] = []
  const begun = Promise.withResolvers<void>()
  const quiet = withQuietConsole(
    (...each) => void said.push(each),
    async () => {
      console.error('a key')
      await begun.promise
      console.error('another key')
    },
  )
  console.error('somebody else')
  begun.resolve()
  await quiet
  console.error('afterwards')
  expect(said).toEqual([['a key'], ['another key']])
  expect(print.mock.calls).toEqual([['somebody else'], ['afterwards']])
})
