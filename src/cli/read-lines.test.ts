import { describe, expect, it } from 'vitest'
import { readLines } from './read-lines.ts'

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  return Array.fromAsync(readLines(bytes()))
}

describe('lines of standard input', () => {
  it('come one by one, with or without a line end after the last', async () => {
    expect(await linesOf('a\nb\n')).toEqual(['a', 'b'])
    expect(await linesOf('a\nb')).toEqual(['a', 'b'])
    expect(await linesOf('a\n\nb')).toEqual(['a', '', 'b'])
    expect(await linesOf()).toEqual([])
  })

  it('may be spread over chunks, even within a character', async () => {
    const [first, second] = [Buffer.from('{"é').subarray(0, 3), Buffer.from('é"}\nx').subarray(1)]
    expect(await linesOf(first, second, 'y\n')).toEqual(['{"é"}', 'xy'])
  })

  it('keep the line separators that JSON allows inside a string', async () => {
    expect(await linesOf('{"question":"a\u2028b\u2029c\u0085d"}\nx\n')).toEqual(['{"question":"a\u2028b\u2029c\u0085d"}', 'x'])
  })

  it('parse as JSON when they end in CRLF or begin with a byte order mark', async () => {
    const lines = await linesOf('\ufeff{"a":1}\r\n{"a":2}\r\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([{ a: 1 }, { a: 2 }])
  })
})
