/** What every drawing function returns: one scene as SVG for the web and PNG for chats, with the same in words. */
import { Resvg } from '@resvg/resvg-js'
import { encodePng } from './encode-png.ts'
import { BOLD_FILE, FONT_FAMILY, MISSING_GLYPH, REGULAR_FILE } from './font.ts'
import { shorten } from './labels.ts'
import { INK, SURFACE, type Theme } from './paints.ts'
import { type Drawn, element, type Look, missingCharacters, type Scene, text, toSvg } from './scene.ts'

export interface Picture {
  readonly title: string
  /** Says the same as the picture, with every label in full. */
  readonly alt: string
  readonly width: number
  readonly height: number
  /** By default for the web, following the reader's light or dark setting. */
  svg(look?: Look): string
  /** Opaque and twice as large in pixels, for chats; smaller where its longest side would be longer than that. */
  png(theme?: Theme, longestSide?: number): Buffer
}

export const MARGIN = 24
const TITLE_SIZE = 17
/** Where the drawing may begin, below the title. */
export const TOP = 56
const PNG_SCALE = 2

export function createPicture({ title, alt, width, height, elements }: Scene): Picture {
  const all: Drawn[] = [
    element('rect', { x: 0, y: 0, width, height, fill: SURFACE }),
    text(MARGIN, 34, shorten(title, width - 2 * MARGIN, TITLE_SIZE, 'bold'), { size: TITLE_SIZE, weight: 'bold', fill: INK }),
    ...elements,
  ]
  const missing = missingCharacters(all)
  const note =
    missing.length === 0 ? '' : ` As an image file, the picture shows ${MISSING_GLYPH} in place of characters that its font lacks: ${missing.join(' ')}`
  const scene: Scene = { title, alt: `${alt}${note}`, width, height, elements: all }
  return {
    title,
    alt: scene.alt,
    width,
    height,
    svg: (look = 'both') => toSvg(scene, look),
    png: (theme = 'light', longestSide = Number.POSITIVE_INFINITY) =>
      toPng(toSvg(scene, theme, true), Math.min(PNG_SCALE, longestSide / Math.max(width, height))),
  }
}

/** Given no font, or one as WOFF, the renderer leaves all text out without a word. */
function toPng(svg: string, scale: number): Buffer {
  const font = { loadSystemFonts: false, fontFiles: [REGULAR_FILE, BOLD_FILE], defaultFontFamily: FONT_FAMILY, sansSerifFamily: FONT_FAMILY }
  const { width, height, pixels } = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: scale } }).render()
  return encodePng(width, height, pixels)
}
