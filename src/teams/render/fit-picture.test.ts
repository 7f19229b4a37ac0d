import { describe, expect, it } from 'vitest'
import { encodePng } from '../../pictures/encode-png.ts'
import { fitPicture } from './fit-picture.ts'

const flat = (width: number, height: number) => encodePng(width, height, Buffer.alloc(width * height * 4, 0x7f))
const sizeOf = (png: Buffer | undefined) => (png === undefined ? undefined : [png.readUInt32BE(16), png.readUInt32BE(20)])

describe('a picture', () => {
  it('that Teams takes stays as it is', () => {
    const png = flat(800, 300)
    expect(fitPicture(png)).toBe(png)
  })

  it('that is too large is made smaller, in its proportions', () => {
    expect(sizeOf(fitPicture(flat(1760, 880)))).toEqual([880, 440])
    expect(sizeOf(fitPicture(flat(10, 1760)))).toEqual([5, 880])
  })

  it.each([Buffer.alloc(0), Buffer.from('<svg/>'), Buffer.alloc(100)])('that is no PNG is none', (bytes) => {
    expect(fitPicture(bytes)).toBeUndefined()
  })

  it('of more than a megabyte is none', () => {
    const noise = Buffer.from(Array.from({ length: 800 * 800 * 4 }, (_, i) => (Math.imul(i ^ (i >>> 7), 2654435761) >>> 13) & 255))
    expect(encodePng(800, 800, noise).length).toBeGreaterThan(1_000_000)
    expect(fitPicture(encodePng(800, 800, noise))).toBeUndefined()
  })
})
