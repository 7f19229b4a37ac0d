/** HTML as a tree. The types are our own: those of jsdom would put a browser's globals into every file of the project. */
import { createRequire } from 'node:module'

export interface DomNode {
  readonly nodeType: number
  readonly textContent: string | null
  readonly childNodes: Iterable<DomNode>
}

export interface DomElement extends DomNode {
  /** Lower case. */
  readonly localName: string
  readonly children: Iterable<DomElement>
  getAttribute(name: string): string | null
  querySelector(selectors: string): DomElement | null
  querySelectorAll(selectors: string): Iterable<DomElement>
  remove(): void
}

export interface DomDocument extends DomElement {
  readonly title: string
  readonly body: DomElement
  readonly documentElement: DomElement
  cloneNode(deep: boolean): DomDocument
}

const ELEMENT = 1
const TEXT = 3

export const isElement = (node: DomNode): node is DomElement => node.nodeType === ELEMENT
export const isTextNode = (node: DomNode): boolean => node.nodeType === TEXT

const require = createRequire(import.meta.url)

/** Scripts stay what they are, text: nothing runs and nothing is loaded. */
export function parseHtmlTree(html: string): DomDocument {
  // Loaded only when there is HTML: it takes half a second.
  const { JSDOM } = require('jsdom') as { JSDOM: new (html: string) => { window: { document: DomDocument } } }
  return new JSDOM(html).window.document
}
