// @ts-check
/** What of the next stage is there already, practice by practice. */
import { el } from '../dom.js'
import { quoteButton } from './figures.js'

/** @typedef {import('../../../assessments/stage-figures.ts').StageFigures} StageFigures */
/** @typedef {StageFigures['practices'][number]} Practice */

/** @param {StageFigures} stage */
export function stagePractices({ title, practices }) {
  const items = practices.map((practice) =>
    el(
      'li',
      { class: 'row-body' },
      el('p', { class: 'stands' }, el('strong', {}, practice.label), el('span', { class: 'coverage' }, sayPractice(practice))),
      quoteButton(practice.passage, practice.indicator),
    ),
  )
  return el(
    'section',
    { class: 'block', 'aria-labelledby': 'next-stage' },
    el('h2', { id: 'next-stage' }, `What comes next: ${title}`),
    el('ul', { class: 'rows' }, ...items),
  )
}

/** @param {Practice} practice */
function sayPractice(practice) {
  if ('hidden' in practice) return 'too few answers to be shown'
  const { inPlace, partly, notYet } = practice
  const said = inPlace + partly + notYet
  if (said === 0) return 'not answered'
  if (said === 1) return inPlace > 0 ? 'in place' : partly > 0 ? 'partly' : 'not yet'
  return [inPlace > 0 && `${inPlace} in place`, partly > 0 && `${partly} partly`, notYet > 0 && `${notYet} not yet`].filter(Boolean).join(', ')
}
