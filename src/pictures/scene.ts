/** A picture as data: everything that is typed by people is escaped in one place, where it becomes SVG. */
import { FONT_FAMILY, fontOf, MISSING_GLYPH } from './font.ts'
import { type Paint, THEMES, type Theme } from './paints.ts'

export interface Drawn {
  tag: 'g' | 'rect' | 'path' | 'circle' | 'text' | 'tspan'
  attributes: Readonly<Record<string, string | number | Paint>>
  children: readonly (Drawn | string)[]
}

export interface Scene {
  title: string
  alt: string
  width: number
  height: number
  elements: readonly Drawn[]
}

/** `both`: follows the reader's setting, for the web. */
export type Look = Theme | 'both'

export function element(tag: Drawn['tag'], attributes: Drawn['attributes'], ...children: (Drawn | string)[]): Drawn {
  return { tag, attributes, children }
}

export interface TextOptions {
  size?: number
  weight?: 'regular' | 'bold'
  anchor?: 'start' | 'middle' | 'end'
  fill: Paint
}

const TEXT_SIZE = 13

export function text(x: number, y: number, content: string, { size = TEXT_SIZE, weight = 'regular', anchor = 'start', fill }: TextOptions): Drawn {
  return element(
    'text',
    { x, y, fill, 'font-size': size, ...(weight === 'bold' ? { 'font-weight': 700 } : {}), ...(anchor === 'start' ? {} : { 'text-anchor': anchor }) },
    content,
  )
}

/** @param drawable leaves a sign for what the font can't draw; a browser finds such characters in other fonts */
export function toSvg({ title, alt, width, height, elements }: Scene, look: Look, drawable = false): string {
  const body = elements.map((each) => write(each, look, drawable)).join('')
  const style = look === 'both' ? darkStyle(elements) : ''
  const family = drawable ? FONT_FAMILY : `system-ui, -apple-system, 'Segoe UI', Roboto, Arial, '${FONT_FAMILY}', sans-serif`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(alt)}" font-family="${family}"><title>${escapeXml(title)}</title>${style}${body}</svg>`
}

/** Characters of the drawn texts that the font lacks, each once. */
export function missingCharacters(elements: readonly Drawn[]): string[] {
  return [
    ...new Set(
      elements.flatMap((each) => each.children.flatMap((child) => (typeof child === 'string' ? [...child].filter(isMissing) : missingCharacters([child])))),
    ),
  ]
}

const isMissing = (character: string) => !fontOf('regular').has(character) || !fontOf('bold').has(character)

function write({ tag, attributes, children }: Drawn, look: Look, drawable: boolean): string {
  const written = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${typeof value === 'object' ? value[look === 'both' ? 'light' : look] : escapeXml(String(rounded(value)))}"`,
  )
  const classes = look === 'both' ? classesOf(attributes) : []
  const named = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`
  const content = children.map((child) => (typeof child === 'string' ? escapeXml(drawable ? withSigns(child) : child) : write(child, look, drawable))).join('')
  return content === '' ? `<${tag}${written.join('')}${named}/>` : `<${tag}${written.join('')}${named}>${content}</${tag}>`
}

const withSigns = (content: string) => [...content].map((character) => (isMissing(character) ? MISSING_GLYPH : character)).join('')
const rounded = (value: string | number) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)

/** One class for each dark color; the light ones are attributes, so that a page that forbids styles still shows them. */
const classOf = (name: string, paint: Paint) => `cairn-${name}-${paint.dark.slice(1)}`
const classesOf = (attributes: Drawn['attributes']) =>
  Object.entries(attributes).flatMap(([name, value]) => (typeof value === 'object' ? [classOf(name, value)] : []))

function darkStyle(elements: readonly Drawn[]): string {
  const rules = new Map<string, string>()
  const collect = ({ attributes, children }: Drawn) => {
    for (const [name, value] of Object.entries(attributes)) if (typeof value === 'object') rules.set(classOf(name, value), `${name}:${value.dark}`)
    for (const child of children) if (typeof child !== 'string') collect(child)
  }
  elements.forEach(collect)
  const sorted = [...rules].sort(([one], [other]) => (one < other ? -1 : 1))
  return `<style>@media (prefers-color-scheme:${THEMES[1]}){${sorted.map(([name, rule]) => `.${name}{${rule}}`).join('')}}</style>`
}

/** What XML forbids altogether, as a reference too. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeXml(content: string): string {
  return content
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
}
