// @ts-check
/** The text of a passage as paragraphs and lists, with the quoted sentences marked. */
import { el } from './dom.js'

const ITEM = '- '

/** @param {string} text @param {readonly string[]} quotes */
export function renderPassageText(text, quotes) {
  return text.split(/\n{2,}/).flatMap((block) => renderBlock(block.split('\n'), quotes))
}

/** Lines that begin with "- " are the items of a list. @param {string[]} lines @param {readonly string[]} quotes */
function renderBlock(lines, quotes) {
  /** @type {HTMLElement[]} */
  const nodes = []
  for (const line of lines) {
    if (!line.startsWith(ITEM)) {
      nodes.push(el('p', {}, ...markQuotes(line, quotes)))
      continue
    }
    const last = nodes.at(-1)
    const list = last instanceof HTMLUListElement ? last : el('ul')
    if (list !== last) nodes.push(list)
    list.append(el('li', {}, ...markQuotes(line.slice(ITEM.length), quotes)))
  }
  return nodes
}

/**
 * A quote is a sentence of the passage, letter for letter, so it is found by searching.
 * @param {string} text
 * @param {readonly string[]} quotes
 * @returns {(string | HTMLElement)[]}
 */
function markQuotes(text, quotes) {
  for (const quote of quotes) {
    const at = quote === '' ? -1 : text.indexOf(quote)
    if (at === -1) continue
    return [...markQuotes(text.slice(0, at), quotes), el('mark', {}, quote), ...markQuotes(text.slice(at + quote.length), quotes)]
  }
  return text === '' ? [] : [text]
}
