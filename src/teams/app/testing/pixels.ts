/** The pixels of a PNG file with eight bits a channel and transparency, as the icons are. */
import { inflateSync } from 'node:zlib'

export type Pixel = readonly [red: number, green: number, blue: number, alpha: number]

export interface Pixels {
  width: number
  height: number
  pixels: Pixel[]
}

const SIGNATURE = '89504e470d0a1a0a'
const RGBA = '0806000000'
const CHANNELS = 4

/** @throws Error when it is another kind of file */
export function pixelsOf(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  if (png.toString('hex', 0, 8) !== SIGNATURE || png.toString('hex', 24, 29) !== RGBA) throw new Error('no PNG of this kind')
  const rows = inflateSync(Buffer.concat(contentOf(png)))
  const length = width * CHANNELS
  let above: Buffer = Buffer.alloc(length)
  const pixels = Array.from({ length: height }, (_, y) => {
    const start = y * (length + 1)
    above = unfiltered(rows[start] as number, rows.subarray(start + 1, start + 1 + length), above)
    return Array.from({ length: width }, (_, x) => [...above.subarray(x * CHANNELS, (x + 1) * CHANNELS)] as unknown as Pixel)
  })
  return { width, height, pixels: pixels.flat() }
}

function contentOf(png: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') found.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return found
}

/** https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(filter: number, row: Buffer, above: Buffer): Buffer {
  const out = Buffer.from(row)
  for (let i = 0; i < out.length; i++) {
    const [left, up, corner] = [i < CHANNELS ? 0 : (out[i - CHANNELS] as number), above[i] as number, i < CHANNELS ? 0 : (above[i - CHANNELS] as number)]
    const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] as number
    out[i] = ((out[i] as number) + guess) & 255
  }
  return out
}

function nearest(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [left, up, corner].map((each) => Math.abs(estimate - each)) as [number, number, number]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
