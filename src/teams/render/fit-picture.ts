/** A picture as Teams takes it: a PNG of at most 1024 by 1024 pixels and one megabyte. */
import { Resvg } from '@resvg/resvg-js'
import { encodePng } from '../../pictures/encode-png.ts'

/** A card is never shown wider than that, and half of the bytes are saved. */
export const LONGEST_SIDE = 880
const MOST_BYTES = 1_000_000
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** The signature, then the first chunk's length and type, then width and height. */
const HEADER_BYTES = 24

/** Undefined where it can't be shown. */
export function fitPicture(png: Buffer): Buffer | undefined {
  if (png.length < HEADER_BYTES || !png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const scale = LONGEST_SIDE / Math.max(width, height)
  const fitting = scale >= 1 ? png : scaled(png, Math.max(1, Math.floor(width * scale)), Math.max(1, Math.floor(height * scale)))
  return fitting.length > MOST_BYTES ? undefined : fitting
}

function scaled(png: Buffer, width: number, height: number): Buffer {
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/>`
  const drawn = new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`).render()
  return encodePng(drawn.width, drawn.height, drawn.pixels)
}
