// @ts-check
/** What the panel shows of a passage: where it stands, its text, and where to go from there. */
import { el, spoken } from './dom.js'
import { renderPassageText } from './passage-text.js'
import { modelHref, passageHref } from './router.js'
import { stones } from './stones.js'

/** @typedef {import('./api.js').PassageView} PassageView */
/** @typedef {import('./api.js').ModelView} ModelView */

/**
 * @param {PassageView} passage
 * @param {ModelView | undefined} model
 * @param {readonly string[]} quotes
 */
export function renderPassage(passage, model, quotes) {
  return [
    renderPath(passage),
    el('h2', { id: 'passage-heading', tabindex: -1 }, passage.heading),
    model !== undefined && renderLadder(passage, model),
    el('div', { class: 'text' }, ...renderPassageText(passage.text, quotes)),
    renderOriginal(passage.url),
    passage.seeAlso.length > 0 && renderSeeAlso(passage.seeAlso),
  ].filter((node) => node !== false && node !== undefined)
}

/** @param {PassageView} passage */
function renderPath({ model, title }) {
  const [first, ...rest] = title.split(' › ').slice(0, -1)
  const parts = rest.map((part) => el('span', {}, ` › ${part}`))
  return el('p', { class: 'crumbs' }, first === undefined ? title : el('a', { href: modelHref(model) }, first), ...parts)
}

/** All levels of the section, so that one step up or down is one click. @param {PassageView} passage @param {ModelView} model */
function renderLadder({ section, level }, model) {
  const cells = model.sections.find(({ id }) => id === section)?.cells ?? []
  if (cells.length === 0) return undefined
  const steps = cells.map((cell) => {
    const here = cell.level === level
    return el(
      'li',
      {},
      el('a', { href: passageHref(cell.passage), 'aria-current': here && 'true', title: cell.heading }, spoken(`${model.levelWord} `), String(cell.level)),
    )
  })
  return el(
    'div',
    { class: 'ladder' },
    level !== null && stones(level, model.levels.length),
    el('span', { class: 'standing' }, level === null ? 'Introduction' : `${model.levelWord} ${level} of ${model.levels.length}`),
    el('nav', { 'aria-label': `${model.levelWord}s of this section` }, el('ol', {}, ...steps)),
  )
}

/** A team's own file may name any address; only web addresses become links. @param {string} address */
function renderOriginal(address) {
  const url = URL.parse(address)
  if (url === null || !['https:', 'http:'].includes(url.protocol)) return undefined
  const link = el('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, `Read the original on ${url.hostname}`, spoken(' (opens a new tab)'))
  return el('p', { class: 'original' }, link)
}

/** @param {PassageView['seeAlso']} related */
function renderSeeAlso(related) {
  const items = related.map(({ id, title }) => {
    const path = title.split(' › ')
    const where = el('span', { class: 'where' }, path.slice(0, -1).join(' › '))
    return el('li', {}, el('a', { href: passageHref(id) }, where, spoken(', '), el('span', { class: 'what' }, path.at(-1))))
  })
  return el('section', { class: 'see-also', 'aria-labelledby': 'see-also' }, el('h3', { id: 'see-also' }, 'See also'), el('ul', {}, ...items))
}
