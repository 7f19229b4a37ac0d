/** Writes pixels as PNG, opaque and packed tightly: the renderer's own files are several times as large. */
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const COLOR_TYPE = { rgb: 2, palette: 3 }
const MOST_PALETTE_COLORS = 256
const PACKING = { level: 8, memLevel: 9 }

/** @param pixels four bytes each, of which the last, for transparency, is left out */
export function encodePng(width: number, height: number, pixels: Buffer): Buffer {
  const palette = paletteOf(pixels)
  const rows = palette === undefined ? rgbRows(width, height, pixels) : paletteRows(width, height, pixels, palette)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, palette === undefined ? COLOR_TYPE.rgb : COLOR_TYPE.palette, 0, 0, 0], 8)
  const table =
    palette === undefined ? [] : [chunk('PLTE', Buffer.from([...palette.keys()].flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255])))]
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), ...table, chunk('IDAT', deflateSync(rows, PACKING)), chunk('IEND', Buffer.alloc(0))])
}

const colorAt = (pixels: Buffer, at: number) => ((pixels[at] as number) << 16) | ((pixels[at + 1] as number) << 8) | (pixels[at + 2] as number)

/** A number for each color in the order they occur, if they are few enough for one byte. */
function paletteOf(pixels: Buffer): Map<number, number> | undefined {
  const numbers = new Map<number, number>()
  let last = -1
  for (let at = 0; at < pixels.length; at += 4) {
    const color = colorAt(pixels, at)
    // Most pixels are as the one before.
    if (color === last) continue
    last = color
    if (numbers.has(color)) continue
    if (numbers.size === MOST_PALETTE_COLORS) return undefined
    numbers.set(color, numbers.size)
  }
  return numbers
}

/** Each row begins with its filter: none, which suits flat areas of few colors best. */
function paletteRows(width: number, height: number, pixels: Buffer, palette: ReadonlyMap<number, number>): Buffer {
  const rows = Buffer.alloc(height * (1 + width))
  let [last, number] = [-1, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = colorAt(pixels, 4 * (y * width + x))
      if (color !== last) [last, number] = [color, palette.get(color) as number]
      rows[y * (1 + width) + 1 + x] = number
    }
  }
  return rows
}

function rgbRows(width: number, height: number, pixels: Buffer): Buffer {
  const length = 1 + 3 * width
  const rows = Buffer.alloc(height * length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [to, from] = [y * length + 1 + 3 * x, 4 * (y * width + x)]
      rows[to] = pixels[from] as number
      rows[to + 1] = pixels[from + 1] as number
      rows[to + 2] = pixels[from + 2] as number
    }
  }
  return rows
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(content.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
