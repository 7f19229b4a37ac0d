/** Walks a tree of HTML and tells its headings, paragraphs, lists and tables. */
import { type Block, oneLine } from './block.ts'
import { type DomElement, type DomNode, isElement, isTextNode } from './dom.ts'

const HEADING = /^h[1-6]$/
const SKIPPED = /^(?:script|style|noscript|template|svg|iframe|img|button|input|select|textarea|object|canvas|audio|video|head|title)$/
const INLINE =
  /^(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|rp|rt|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)$/
const BLOCKS_INSIDE = 'h1,h2,h3,h4,h5,h6,table,pre'

export function blocksOf(root: DomElement): Block[] {
  const blocks: Block[] = []
  let open = ''
  const close = () => {
    const text = oneLine(open)
    if (text !== '') blocks.push({ kind: 'text', text })
    open = ''
  }
  const walk = (node: DomNode): void => {
    if (isTextNode(node)) open += node.textContent ?? ''
    if (!isElement(node) || SKIPPED.test(node.localName)) return
    if (node.localName === 'br') open += ' '
    else if (INLINE.test(node.localName) && node.querySelector(BLOCKS_INSIDE) === null) for (const child of node.childNodes) walk(child)
    else {
      close()
      const own = ownBlocks(node)
      if (own === undefined) for (const child of node.childNodes) walk(child)
      else blocks.push(...own)
      close()
    }
  }
  for (const child of root.childNodes) walk(child)
  close()
  return blocks
}

/** The blocks of an element that has a form of its own; nothing for one that only groups others. */
function ownBlocks(element: DomElement): Block[] | undefined {
  const { localName } = element
  if (HEADING.test(localName)) return heading(element)
  if (localName === 'pre') return code(element)
  const plain = element.querySelector(BLOCKS_INSIDE) === null
  if ((localName === 'ul' || localName === 'ol') && plain) return list(itemsOf(element))
  if (localName === 'dl' && plain) return list(definitionsOf(element))
  return localName === 'table' ? table(element) : undefined
}

function heading(element: DomElement): Block[] {
  const text = wordsOf(element).replace(/\s*[¶§]$|\s+#$/, '')
  if (text === '') return []
  const fragment = element.getAttribute('id') || element.querySelector('a[id]')?.getAttribute('id') || element.querySelector('a[name]')?.getAttribute('name')
  return [{ kind: 'heading', depth: Number(element.localName.slice(1)), text, ...(fragment ? { fragment } : {}) }]
}

function code(element: DomElement): Block[] {
  const lines = (element.textContent ?? '').split('\n').map((line) => line.trimEnd())
  const text = lines.filter((line) => line.trim() !== '').join('\n')
  return text === '' ? [] : [{ kind: 'text', text }]
}

function list(items: readonly string[]): Block[] {
  const filled = items.filter((item) => item !== '')
  return filled.length === 0 ? [] : [{ kind: 'list', items: filled }]
}

/** Items of a list within a list follow the one they belong to. */
function itemsOf(element: DomElement): string[] {
  return [...element.children].flatMap((item) => {
    if (isList(item)) return itemsOf(item)
    return [wordsOf(item, isList), ...nestedLists(item).flatMap(itemsOf)]
  })
}

function nestedLists(element: DomElement): DomElement[] {
  return [...element.children].flatMap((child) => (isList(child) ? [child] : nestedLists(child)))
}

const isList = (element: DomElement): boolean => element.localName === 'ul' || element.localName === 'ol'

/** "Term: what it means" */
function definitionsOf(element: DomElement): string[] {
  const items: string[] = []
  let term = ''
  for (const child of element.querySelectorAll('dt,dd')) {
    if (child.localName === 'dt') term = wordsOf(child)
    else items.push(term === '' ? wordsOf(child) : `${term.replace(/:$/, '')}: ${wordsOf(child)}`)
  }
  return items
}

/** A table of data becomes one item a row; one that only arranges a page is read as what it holds. */
function table(element: DomElement): Block[] | undefined {
  if (element.querySelector('table,h1,h2,h3,h4,h5,h6') !== null) return undefined
  const rows = [...element.querySelectorAll('tr')].map((row) => ({
    isHead: [...row.children].every((cell) => cell.localName === 'th'),
    cells: [...row.children].map((cell) => wordsOf(cell)),
  }))
  if (rows.length < 2 || rows.every(({ cells }) => cells.length < 2)) return undefined
  const head = rows[0]?.isHead === true ? rows[0].cells : []
  const body = head.length > 0 ? rows.slice(1) : rows
  return list(body.map(({ cells }) => rowText(cells, head)))
}

/** "Reduced spend: better use of resources"; from the third column on with the column's name. */
export function rowText(cells: readonly string[], head: readonly string[]): string {
  const [first = '', ...others] = cells
  const named = others.map((cell, i) => (others.length > 1 && cell !== '' && head[i + 1] ? `${head[i + 1]}: ${cell}` : cell)).filter((cell) => cell !== '')
  if (first === '' || named.length === 0) return [first, ...named].filter((cell) => cell !== '').join('; ')
  return `${first.replace(/:$/, '')}: ${named.join('; ')}`
}

/** The words of an element on one line; blocks inside it don't glue their words together. */
function wordsOf(element: DomElement, leaveOut: (child: DomElement) => boolean = () => false): string {
  const collect = (node: DomNode): string => {
    if (isTextNode(node)) return node.textContent ?? ''
    if (!isElement(node) || SKIPPED.test(node.localName) || leaveOut(node)) return ''
    const words = [...node.childNodes].map(collect).join('')
    return INLINE.test(node.localName) ? words : ` ${words} `
  }
  return oneLine([...element.childNodes].map(collect).join(''))
}
