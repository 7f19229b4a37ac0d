// @ts-check
/** A result read in another model's terms, when somebody asks: an approximation by cited correspondences, and called so. */
import { getJson } from '../api.js'
import { el } from '../dom.js'
import { openPassage } from '../router.js'
import { teamPath } from './assess-api.js'
import { createSender } from './sender.js'

/** @typedef {import('../../../assessments/in-terms-of.ts').InTermsOf} InTermsOf */
/** @typedef {import('../../../assessments/in-terms-of.ts').SectionReading} SectionReading */
/** @typedef {import('./assess-api.js').ModelResultsView} ModelResultsView */

/** @param {string} team @param {ModelResultsView} results */
export function otherTerms(team, { model, others, sections: own }) {
  const select = el('select', { id: 'other-model' }, ...others.map(({ id, shortTitle }) => el('option', { value: id }, shortTitle)))
  const shown = el('div')
  const form = el(
    'form',
    { class: 'inline' },
    el('label', { for: 'other-model' }, 'Model'),
    el('span', { class: 'select' }, select),
    el('button', { type: 'submit', class: 'quiet' }, 'Read'),
  )
  const send = createSender(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(async () => {
      const query = `model=${encodeURIComponent(model)}&other=${encodeURIComponent(select.value)}`
      const { notice, other, sections } = /** @type {InTermsOf} */ (await getJson(`${teamPath(team)}/in-terms-of?${query}`))
      shown.replaceChildren(
        el('p', { class: 'notice' }, notice),
        el(
          'ul',
          { class: 'rows' },
          ...sections.map((section) =>
            sectionReading({ ...section, title: own.find((each) => each.section === section.section)?.label ?? section.title }, other),
          ),
        ),
      )
    })
  })
  return el('details', { class: 'block fold' }, el('summary', {}, 'Read this in another model’s terms'), form, shown)
}

/** @param {SectionReading} section @param {InTermsOf['other']} other */
function sectionReading({ title, level, readings, gap }, { levelWord }) {
  const own = typeof level === 'number' ? level : `${level.low}-${level.high}`
  const items = readings.map(({ title: theirs, level: corresponding, strength, reason, passages: [, passage] }) =>
    el(
      'li',
      {},
      el('p', {}, el('strong', {}, `${theirs}, ${levelWord.toLowerCase()} ${corresponding}`), ` (${strength}). ${reason}`),
      el('button', { type: 'button', class: 'show-passage', onclick: () => openPassage(passage) }, passage),
    ),
  )
  return el(
    'li',
    { class: 'row-body' },
    el('h3', {}, `${title}, ${own}`),
    items.length === 0 ? el('p', { class: 'hint' }, gap ?? 'The other model says nothing comparable.') : el('ul', { class: 'steps-list readings' }, ...items),
  )
}
