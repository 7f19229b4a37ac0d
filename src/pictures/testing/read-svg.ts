/** Reads what was drawn out of an SVG, with a real parser, as a browser would. */
import { JSDOM } from 'jsdom'

/** @throws when the text is not well-formed XML */
export function readSvg(svg: string): Element {
  const { documentElement } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document
  return documentElement
}

export const allOf = (root: Element, tag: string): Element[] => [...root.querySelectorAll(tag)]
export const textsOf = (svg: string): string[] => allOf(readSvg(svg), 'text').map((each) => each.textContent ?? '')
export const numberOf = (each: Element, name: string): number => Number(each.getAttribute(name))

/** Of a PNG: the signature, then width and height from its header. */
export function readPng(png: Buffer): { signature: string; width: number; height: number } {
  return { signature: png.subarray(0, 8).toString('hex'), width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}

export const PNG_SIGNATURE = '89504e470d0a1a0a'
