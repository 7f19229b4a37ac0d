// @ts-check
/** The pictures of results, each with the same in words. */
import { el, spoken } from '../dom.js'
import { teamPath } from './assess-api.js'

/** @typedef {import('./assess-api.js').ModelResultsView} ModelResultsView */

const CALLED = { radar: 'The profile', ladder: 'The ladder', trend: 'Over time' }

/** @param {string} team @param {ModelResultsView} results */
export function renderPictures(team, { model, pictures }) {
  return pictures.map((picture) => {
    const address = (/** @type {string} */ format) =>
      `${teamPath(team)}/pictures/${picture.kind}.${format}?model=${encodeURIComponent(model)}&version=${picture.version}`
    return renderPicture({ ...picture, title: CALLED[picture.kind], svg: address('svg'), png: address('png') })
  })
}

/** @param {{ title: string, alt: string, width: number, height: number, svg: string, png: string }} picture */
export function renderPicture({ title, alt, width, height, svg, png }) {
  const image = el('img', { src: `${svg}&theme=light`, alt, width, height, loading: 'lazy' })
  const dark = el('source', { media: '(prefers-color-scheme: dark)', srcset: `${svg}&theme=dark` })
  return el(
    'figure',
    { class: 'picture' },
    el('div', { class: 'canvas', role: 'group', 'aria-label': title, tabindex: 0 }, el('picture', {}, dark, image)),
    el(
      'figcaption',
      {},
      el('details', {}, el('summary', {}, 'The same in words', spoken(`: ${title}`)), el('p', {}, alt)),
      el('a', { href: `${png}&theme=light`, download: '' }, 'As an image file', spoken(`: ${title}`)),
    ),
  )
}
