/** Draws the app's icons from the page's logo: `npm run icons`, after a change to it. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'

const LOGO = join(import.meta.dirname, '../../web/page/logo.svg')
const LOGO_SIZE = 32
/** Teams' measures: the logo keeps to a square in the middle, since the edges are cut off round. */
const COLOR = { size: 192, safe: 120, background: '#f3f6f4' }
const OUTLINE_SIZE = 32

const logo = await readFile(LOGO, 'utf8')
const stones = [...logo.matchAll(/<path [^>]*\/>/g)].map(([path]) => path)

await writeIcon('color.png', COLOR.size, [
  `<rect width="${COLOR.size}" height="${COLOR.size}" fill="${COLOR.background}"/>`,
  `<g transform="translate(${(COLOR.size - COLOR.safe) / 2} ${(COLOR.size - COLOR.safe) / 2}) scale(${COLOR.safe / LOGO_SIZE})">`,
  ...stones,
  '</g>',
])
// The black edge leaves a gap between the stones.
await writeIcon('outline.png', OUTLINE_SIZE, [
  '<mask id="stones">',
  ...stones.map((stone) => stone.replace(/fill="[^"]*"/, 'fill="#ffffff" stroke="#000000"')),
  '</mask>',
  `<rect width="${OUTLINE_SIZE}" height="${OUTLINE_SIZE}" fill="#ffffff" mask="url(#stones)"/>`,
])

async function writeIcon(file: string, size: number, shapes: readonly string[]): Promise<void> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${shapes.join('')}</svg>`
  await writeFile(join(import.meta.dirname, file), new Resvg(svg).render().asPng())
}
