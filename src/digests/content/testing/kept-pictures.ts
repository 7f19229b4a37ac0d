/**
 * Pictures as they were when somebody looked at them. A renderer of another version may draw an edge a shade lighter; a mark
 * at another level is more than that. Where a picture is meant to be different, `KEEP_PICTURES=1 npx vitest run src/digests`
 * keeps the new ones: look at them before they are committed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { readPng } from '../../../pictures/testing/read-svg.ts'

/** Of a color's 256 shades. */
const A_SHADE = 40

/** The share of pixels that differ by more than a shade; 1 where the size is another. */
export function differenceFromKept(name: string, png: Buffer): number {
  const file = join(import.meta.dirname, 'kept', `${name}.png`)
  if (process.env.KEEP_PICTURES === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, png)
  }
  return existsSync(file) ? difference(readFileSync(file), png) : 1
}

export function difference(one: Buffer, other: Buffer): number {
  const [a, b] = [readPng(one), readPng(other)]
  if (a.width !== b.width || a.height !== b.height) return 1
  const [first, second] = [pixelsOf(one), pixelsOf(other)]
  let differing = 0
  for (let at = 0; at < first.length; at += 4) {
    if ([0, 1, 2].some((channel) => Math.abs((first[at + channel] as number) - (second[at + channel] as number)) > A_SHADE)) differing++
  }
  return differing / (first.length / 4)
}

/** The renderer reads images too. */
function pixelsOf(png: Buffer): Buffer {
  const { width, height } = readPng(png)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/></svg>`
  return new Resvg(svg).render().pixels
}
