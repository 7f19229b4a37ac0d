// @ts-check
/** The digests of a team: what is sent by itself, when, and what can be done about it. */
import { createSender } from '../assess/sender.js'
import { el, spoken } from '../dom.js'
import { digestForm } from './digest-form.js'
import { digestPreview } from './digest-preview.js'
import { deleteDigest, pauseDigest, setAgreed } from './digests-api.js'

/** @typedef {import('../assess/assess-view.js').Screen} Screen */
/** @typedef {import('./digests-api.js').DigestsView} DigestsView */
/** @typedef {import('./digests-api.js').DigestView} DigestView */

const PAUSED = { asked: 'Paused', undeliverable: 'Paused, since it could not be delivered' }

/** @param {Screen} screen @param {{ id: string, name: string }} team @param {DigestsView} first */
export function digestList({ say }, team, first) {
  const element = el('section', { class: 'block', 'aria-labelledby': 'digests' })

  /** @param {DigestsView} view @param {string} [said] */
  const show = (view, said) => {
    const items = view.digests.map((digest) => el('li', {}, digestItem(team.id, view, digest, show)))
    const title = el('h2', { id: 'digests', tabindex: -1 }, 'Digests')
    element.replaceChildren(
      title,
      el('p', { class: 'hint' }, 'A message that tells what has changed, what comes next and what is due. Nothing is sent when nothing is new.'),
      items.length > 0 ? el('ul', { class: 'rows' }, ...items) : '',
      el(
        'details',
        { class: 'fold' },
        el('summary', {}, view.places.length > 0 || view.direct ? 'Set up a digest' : 'See what a digest would say'),
        digestForm(team.id, view, undefined, show),
      ),
      agreement(team, view, show),
    )
    if (said === undefined) return
    say(said)
    title.focus({ preventScroll: true })
  }

  show(first)
  return element
}

/** @param {string} team @param {DigestsView} view @param {DigestView} digest @param {(now: DigestsView, said: string) => void} show */
function digestItem(team, view, digest, show) {
  const { id, kind, when, next, model, place, paused, by, mine } = digest
  const label = view.kinds.find((each) => each.kind === kind)?.label ?? kind
  const byModel = view.models.find((each) => each.id === model)?.shortTitle ?? model
  const about = [byModel, place === null ? 'to you alone' : place.name, `set up by ${by}${mine ? ' (you)' : ''}`].filter((part) => part !== null).join(' · ')
  const shown = el('div')
  const row = el('div', { class: 'row-body' })
  const send = createSender(row)
  const named = spoken(`: ${label}, ${when}`)
  const button = (/** @type {string} */ text, /** @type {() => Promise<void> | void} */ work) =>
    el('button', { type: 'button', class: 'quiet', onclick: () => send(async () => work()) }, text, named.cloneNode(true))

  const preview = async () => {
    shown.replaceChildren(await digestPreview(team, { digest: id }))
    shown.querySelector('h3')?.focus({ preventScroll: true })
  }
  const change = () => {
    shown.replaceChildren(digestForm(team, view, digest, show))
    shown.querySelector('input')?.focus()
  }
  const pause = async () => show(await pauseDigest(team, id, paused === null), paused === null ? 'It is paused.' : 'It goes on.')
  const remove = () => {
    const certain = button('Delete it for good', async () => show(await deleteDigest(team, id), 'The digest is deleted.'))
    shown.replaceChildren(el('p', { class: 'moves' }, 'It is not sent any more. Nothing else is deleted. ', certain))
    certain.focus()
  }
  row.append(
    el('span', { class: 'path' }, el('span', { class: 'what' }, `${label}, ${when}`), el('span', { class: 'where' }, about)),
    el('p', { class: 'hint' }, paused === null ? `Next: ${next.join('; ')}` : `${PAUSED[paused]}. Once it goes on: ${next.join('; ')}`),
    el(
      'div',
      { class: 'moves' },
      button('Preview', preview),
      ...(mine ? [button('Change', change), button(paused === null ? 'Pause' : 'Resume', pause), button('Delete', remove)] : []),
    ),
    shown,
  )
  return row
}

/** @param {{ id: string, name: string }} team @param {DigestsView} view @param {(now: DigestsView, said: string) => void} show */
function agreement({ id, name }, { agreed }, show) {
  const press = el('button', { type: 'button', class: 'quiet' }, agreed ? 'Leave digests for leads' : 'Be in digests for leads')
  const part = el(
    'div',
    { class: 'moves' },
    el(
      'span',
      {},
      agreed
        ? `${name} may be shown in digests that put teams side by side.`
        : `Digests for leads put teams side by side, those that agreed and no others. Never a ranking, never who answered what.`,
    ),
    press,
  )
  const send = createSender(part)
  press.addEventListener('click', () =>
    send(async () => show(await setAgreed(id, !agreed), agreed ? `${name} is not shown any more.` : `${name} may be shown beside other teams.`)),
  )
  return part
}
