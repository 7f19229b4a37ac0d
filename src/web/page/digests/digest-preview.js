// @ts-check
/** A digest as it would read now. */
import { renderPicture } from '../assess/result-pictures.js'
import { el } from '../dom.js'
import { openPassage, startHref } from '../router.js'
import { fetchPreview, pictureAddress } from './digests-api.js'

/** @typedef {import('./digests-api.js').PreviewView} PreviewView */
/** @typedef {import('./digests-api.js').UnderstoodView} UnderstoodView */

/**
 * @param {string} team
 * @param {import('./digests-api.js').Wanted} wanted
 * @param {Node | null} [before] what is said above it
 */
export async function digestPreview(team, wanted, before = null) {
  const { heading, notes, lines, sources, picture, empty } = await fetchPreview(team, wanted)
  const cited = sources.map(({ n, title, passage, quote }) =>
    el('li', {}, el('button', { type: 'button', class: 'quiet show-passage', onclick: () => openPassage(passage, [quote]) }, `[${n}] ${title}`)),
  )
  return el(
    'section',
    { class: 'aside stack', 'aria-label': 'Preview' },
    before,
    el('h3', { tabindex: -1 }, heading),
    ...lines.map((line) => lineOf(team, line)),
    cited.length > 0 && el('ul', { class: 'moves' }, ...cited),
    picture !== null && renderPicture({ ...picture, svg: pictureAddress(team, wanted, 'svg'), png: pictureAddress(team, wanted, 'png') }),
    ...notes.map((note) => el('p', { class: 'hint' }, note)),
    empty && el('p', { class: 'notice' }, 'Nothing is new: by itself it would not be sent.'),
  )
}

/** In a chat the choices are buttons; here the way is an assessment. @param {string} team @param {PreviewView['lines'][number]} line */
function lineOf(team, { text, choices }) {
  if (choices.length === 0) return el('p', {}, text)
  return el(
    'div',
    {},
    el('p', {}, text),
    el('ul', {}, ...choices.map((choice) => el('li', {}, choice))),
    el('p', {}, el('a', { href: startHref(team) }, 'Assess again')),
  )
}

/** What was understood of when, with the next days. @param {UnderstoodView & { assumed?: readonly string[] }} understood */
export function understoodDays({ when, next, assumed = [] }) {
  return el(
    'div',
    {},
    el('p', {}, `It comes ${when}. ${assumed.join(' ')}`.trim()),
    el('p', { class: 'hint' }, 'The next three:'),
    el('ul', {}, ...next.map((day) => el('li', {}, day))),
  )
}
