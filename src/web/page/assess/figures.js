// @ts-check
/** What is known of one section: its level with the answers that it rests on, of a team or of a round. */
import { el, spoken } from '../dom.js'
import { openPassage } from '../router.js'
import { count, day } from './words.js'

/** @typedef {import('./assess-api.js').FiguresView} FiguresView */
/** @typedef {import('./assess-api.js').EndView} EndView */
/** @typedef {import('./assess-api.js').WhyView} WhyView */

/** @param {FiguresView} section @param {string} levelWord */
export function figures(section, levelWord) {
  const { indicator, passages, level } = section
  const passage = passages[0]
  return [
    el('p', { class: 'stands' }, el('strong', {}, standing(section, levelWord)), el('span', { class: 'coverage' }, answersText(section))),
    indicator !== null && passage !== undefined && level !== null && quoteButton(passage, indicator),
    ...apart(section, levelWord),
    ...why(section),
  ].filter((node) => node !== false)
}

/** @param {FiguresView} section @param {string} levelWord */
function standing({ state, level, reached, name, workingOn, atLeast, answers }, levelWord) {
  if (state === 'hidden') return 'Too few answers to be shown'
  if (state === 'not-applicable') return 'Not applicable'
  if (level === null) {
    const least = atLeast.at(-1)
    if (least !== undefined && least > 0) return `At least ${levelWord.toLowerCase()} ${least}`
    return state === 'not-sure' ? 'Not sure' : 'Not answered'
  }
  if (reached === 0 && level === '0') return `No ${levelWord.toLowerCase()} reached yet`
  const named = name === null ? `${levelWord} ${level}` : `${levelWord} ${level}: ${name}`
  if (workingOn === 0) return named
  const next = (reached ?? 0) + 1
  return answers === 1 ? `${named}, working on ${next}` : `${named}, ${workingOn} working on the next`
}

/** How much a figure rests on. @param {FiguresView} section */
function answersText({ state, answers, notSure, notApplicable, unanswered, range }) {
  if (state === 'hidden') return 'confidential round'
  const asked = answers + notSure + unanswered
  const parts = [
    asked > 0 && `${answers} of ${count(asked, 'answer')}`,
    range !== null && range.lowest !== range.highest && `from ${range.lowest} to ${range.highest}`,
    notSure > 0 && `${notSure} not sure`,
    notApplicable > 0 && `${notApplicable} not applicable`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** @param {string} passage @param {string} quote */
export function quoteButton(passage, quote) {
  return el('button', { type: 'button', class: 'quote', onclick: () => openPassage(passage, [quote]) }, el('q', {}, quote), spoken(' Show the passage'))
}

/** Both ends of a wide spread, with what either says yes to. @param {FiguresView} section @param {string} levelWord */
function apart({ apart: ends }, levelWord) {
  if (ends === null) return []
  const side = (/** @type {EndView} */ end) =>
    el(
      'li',
      {},
      el('strong', {}, end.level === 0 ? `No ${levelWord.toLowerCase()} yet` : end.heading),
      end.indicator !== '' && quoteButton(end.passage, end.indicator),
    )
  return [el('div', { class: 'apart' }, el('p', { class: 'flag' }, 'Worth talking about'), el('ul', {}, side(ends.lowest), side(ends.highest)))]
}

/** The answers behind a figure. @param {FiguresView} section */
function why({ label, why: reasons, state }) {
  if (reasons.length === 0) return state === 'scored' ? [el('p', { class: 'hint' }, 'The answers behind it are confidential.')] : []
  const items = reasons.map((reason) => el('li', {}, ...reasonParts(reason)))
  return [el('details', { class: 'why' }, el('summary', {}, 'Why', spoken(`: ${label}`)), el('ul', {}, ...items))]
}

/** @param {WhyView} reason */
function reasonParts({ who, about, answer, passages, said, note, olderWording, at }) {
  const open = (/** @type {string} */ passage) => el('button', { type: 'button', class: 'show-passage', onclick: () => openPassage(passage) }, passage)
  return [
    el('p', {}, el('strong', {}, who), ` said ${answer}`, about !== null && ` to “${about}”`, ` on ${day(at)}.`),
    said !== null && el('p', { class: 'hint' }, `In their words: “${said}”`),
    note !== null && el('p', { class: 'hint' }, `Note: ${note}`),
    olderWording && el('p', { class: 'flag' }, 'This answer was given on older wording'),
    passages.length > 0 && el('p', { class: 'passages' }, spoken('Passages: '), ...passages.map(open)),
  ].filter((node) => node !== false)
}
