// @ts-check
/** Teams side by side, only when somebody asks; in the order in which they were named, which is no ranking. */
import { getJson } from '../api.js'
import { el } from '../dom.js'
import { renderPicture } from './result-pictures.js'
import { createSender } from './sender.js'

/** @typedef {import('./assess-api.js').ComparisonView} ComparisonView */
/** @typedef {import('./assess-api.js').ModelResultsView} ModelResultsView */

/** @param {string} team @param {readonly { id: string, name: string }[]} teams @param {ModelResultsView} results */
export function comparisonForm(team, teams, { model }) {
  const others = teams.filter(({ id }) => id !== team)
  const select = el('select', { id: 'other-team' }, ...others.map(({ id, name }) => el('option', { value: id }, name)))
  const shown = el('div')
  const form = el(
    'form',
    { class: 'inline' },
    el('label', { for: 'other-team' }, 'Another of your teams'),
    el('span', { class: 'select' }, select),
    el('button', { type: 'submit', class: 'quiet' }, 'Compare'),
  )
  const send = createSender(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(async () => {
      const query = `model=${encodeURIComponent(model)}&teams=${encodeURIComponent(`${team},${select.value}`)}`
      const { alt, width, height } = /** @type {ComparisonView} */ (await getJson(`/api/comparison?${query}`))
      const address = (/** @type {string} */ format) => `/api/comparison/heatmap.${format}?${query}`
      shown.replaceChildren(renderPicture({ title: 'Teams by sections', alt, width, height, svg: address('svg'), png: address('png') }))
    })
  })
  return el('details', { class: 'block fold' }, el('summary', {}, 'Compare with another team'), form, shown)
}
