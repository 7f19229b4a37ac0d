/**
 * What the font of the pictures can draw and how wide it is, read from its file.
 * The renderer leaves out what it has no glyph for, and labels must fit before they are drawn.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const resolve = createRequire(import.meta.url).resolve
export const REGULAR_FILE = resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
export const BOLD_FILE = resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')
export const FONT_FAMILY = 'DejaVu Sans'
/** Stands for a character that the font lacks. */
export const MISSING_GLYPH = '□'

export interface Font {
  has(character: string): boolean
  /** In pixels at that size. */
  widthOf(text: string, size: number): number
}

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u

/** @throws the system's error when the file can't be read */
export function readFont(file: string): Font {
  const bytes = readFileSync(file)
  const tables = tablesOf(bytes)
  const glyphOf = readCharacterMap(bytes, tables('cmap'))
  const unitsPerEm = bytes.readUInt16BE(tables('head') + 18)
  const measured = bytes.readUInt16BE(tables('hhea') + 34)
  const metrics = tables('hmtx')
  const advanceOf = (glyph: number) => bytes.readUInt16BE(metrics + 4 * Math.min(glyph, measured - 1))
  const missing = glyphOf(MISSING_GLYPH.codePointAt(0) as number)
  const unitsOf = (character: string) => (INVISIBLE.test(character) ? 0 : advanceOf(glyphOf(character.codePointAt(0) as number) || missing))
  return {
    has: (character) => INVISIBLE.test(character) || glyphOf(character.codePointAt(0) as number) !== 0,
    widthOf: (text, size) => {
      const units = [...text].reduce((sum, character) => sum + unitsOf(character), 0)
      return (units * size) / unitsPerEm
    },
  }
}

let regular: Font | undefined
let bold: Font | undefined

/** Read when the first picture is drawn: most starts draw none. */
export function fontOf(weight: 'regular' | 'bold'): Font {
  if (weight === 'bold') {
    bold ??= readFont(BOLD_FILE)
    return bold
  }
  regular ??= readFont(REGULAR_FILE)
  return regular
}

/** Where each table of a TrueType file begins. */
function tablesOf(bytes: Buffer): (name: string) => number {
  const count = bytes.readUInt16BE(4)
  const offsets = new Map(Array.from({ length: count }, (_, i) => [bytes.toString('latin1', 12 + 16 * i, 16 + 16 * i), bytes.readUInt32BE(20 + 16 * i)]))
  return (name) => {
    const offset = offsets.get(name)
    if (offset === undefined) throw new Error(`the font has no table ${name}`)
    return offset
  }
}

/** A sorted list of ranges (format 12), which every font with characters beyond the first 65,536 has. */
function readCharacterMap(bytes: Buffer, table: number): (codePoint: number) => number {
  const count = bytes.readUInt16BE(table + 2)
  const subtables = Array.from({ length: count }, (_, i) => table + bytes.readUInt32BE(table + 8 + 8 * i))
  const full = subtables.find((offset) => bytes.readUInt16BE(offset) === 12)
  if (full === undefined) throw new Error('the font has no full character map')
  const ranges = Array.from({ length: bytes.readUInt32BE(full + 12) }, (_, i) => {
    const at = full + 16 + 12 * i
    return { first: bytes.readUInt32BE(at), last: bytes.readUInt32BE(at + 4), glyph: bytes.readUInt32BE(at + 8) }
  })
  return (codePoint) => {
    const range = ranges.find(({ first, last }) => first <= codePoint && codePoint <= last)
    return range === undefined ? 0 : range.glyph + codePoint - range.first
  }
}
