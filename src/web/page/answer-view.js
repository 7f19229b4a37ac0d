// @ts-check
/** An answer as sentences, each with the number of the passage it comes from, and the list of those passages. */
import { el, spoken } from './dom.js'
import { openPassage } from './router.js'
import { stones } from './stones.js'

/** @typedef {import('../../answers/answer.ts').Answer} Answer */
/** @typedef {import('../../answers/answer.ts').Citation} Citation */
/** @typedef {import('../../answers/answer.ts').Sentence} Sentence */
/** @typedef {import('./api.js').ModelView} ModelView */

/** Not a long address, which has to be able to break. */
const LAST_WORD = /\S{1,20}$/

/** @param {Answer} answer */
export function renderParts(answer) {
  const byNumber = new Map(answer.citations.map((citation) => [citation.n, citation]))
  return answer.parts.map(({ heading, sentences }) => {
    const body = el('p', {}, ...sentences.flatMap((sentence) => [renderSentence(sentence, byNumber), ' ']))
    return el('div', { class: 'part' }, heading !== undefined && renderHeading(heading), body)
  })
}

/** @param {string} text */
export function renderHeading(text) {
  return el('h3', {}, text)
}

/**
 * A number without its citation is shown but can't be opened yet: the passage comes with the end of the answer.
 * @param {Sentence} sentence
 * @param {ReadonlyMap<number, Citation>} byNumber
 */
export function renderSentence({ text, citations }, byNumber) {
  if (citations.length === 0) return el('span', { class: 'sentence' }, text)
  const numbers = citations.map((n) => {
    const citation = byNumber.get(n)
    return citation === undefined ? el('span', { class: 'cite' }, String(n)) : renderCitation(citation)
  })
  const lastWord = LAST_WORD.exec(text)?.[0] ?? ''
  const ending = el('span', { class: 'ending' }, lastWord, '\u00a0', ...numbers)
  return el('span', { class: 'sentence' }, text.slice(0, text.length - lastWord.length), ending)
}

/** @param {Citation} citation */
function renderCitation({ n, passage, title, quote }) {
  const open = () => openPassage(passage, [quote])
  return el('button', { type: 'button', class: 'cite', onclick: open }, spoken('Source '), String(n), spoken(`: ${title}`))
}

/**
 * @param {readonly Citation[]} citations
 * @param {readonly ModelView[]} models
 */
export function renderSources(citations, models) {
  const groups = [...Map.groupBy(citations, ({ passage }) => passage).values()]
  if (groups.length === 0) return undefined
  const items = groups.map((group) => el('li', {}, renderSource(group, models)))
  return el('section', { class: 'sources', 'aria-label': 'Sources' }, el('h3', {}, groups.length === 1 ? 'Source' : 'Sources'), el('ul', {}, ...items))
}

/** @param {readonly Citation[]} group @param {readonly ModelView[]} models */
function renderSource(group, models) {
  const { passage, title, level, model } = /** @type {Citation} */ (group[0])
  const path = title.split(' › ')
  const levels = models.find(({ id }) => id === model)?.levels.length ?? 0
  const open = () =>
    openPassage(
      passage,
      group.map(({ quote }) => quote),
    )
  return el(
    'button',
    { type: 'button', class: 'source', onclick: open },
    level === null || levels === 0 ? el('span', { class: 'stones none' }) : stones(level, levels),
    el('span', { class: 'path' }, el('span', { class: 'where' }, path.slice(0, -1).join(' › ')), spoken(', '), el('span', { class: 'what' }, path.at(-1))),
    el('span', { class: 'numbers' }, spoken(', cited as '), ...group.map(({ n }) => el('span', { class: 'cite' }, String(n)))),
  )
}

/**
 * Says what kind of answer this is where it isn't simply one.
 * @param {Answer['outcome']} outcome
 */
export function outcomeNote(outcome) {
  if (outcome === 'declined') return 'Not found in the models'
  if (outcome === 'clarify') return 'Cairn asks back'
  return undefined
}

/** How the answer was made; a reply that quotes nothing needs no such note. @param {Answer} answer */
export function renderFootnote({ answerer, citations, ms }) {
  if (citations.length === 0) return undefined
  const how = answerer === 'extractive' ? 'Quoted word for word' : `Written by ${answerer}`
  return el('p', { class: 'footnote' }, `${how} in ${formatDuration(ms.total)}`)
}

/** @param {number} ms */
function formatDuration(ms) {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`
}
