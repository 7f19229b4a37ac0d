// @ts-check
/** Sets a digest up or changes it; before that, what was understood and how it would read. */
import { createSender } from '../assess/sender.js'
import { el } from '../dom.js'
import { digestPreview, understoodDays } from './digest-preview.js'
import { saveDigest, understandDays } from './digests-api.js'

/** @typedef {import('./digests-api.js').DigestsView} DigestsView */
/** @typedef {import('./digests-api.js').DigestView} DigestView */

const FIRST = 'every Monday at 9'
const LONGEST_WHEN = 200
/** No channel has this id. */
const ALONE = ''

let forms = 0

/**
 * @param {string} team
 * @param {DigestsView} view
 * @param {DigestView | undefined} before what is changed
 * @param {(now: DigestsView, said: string) => void} then
 */
export function digestForm(team, view, before, then) {
  const { kinds, models } = view
  const number = ++forms
  // What goes where it goes now may stay there.
  const places = [...(before?.place ? [before.place] : []), ...view.places.filter(({ id }) => id !== before?.place?.id)]
  const addresses = [...places.map(({ id, name }) => ({ value: id, label: name })), ...(view.direct ? [{ value: ALONE, label: 'To you alone' }] : [])]
  const canSend = addresses.length > 0
  const field = (/** @type {string} */ name) => `digest-${number}-${name}`
  const when = el('input', {
    id: field('when'),
    class: 'field',
    required: true,
    maxlength: LONGEST_WHEN,
    autocomplete: 'off',
    value: before?.typed ?? FIRST,
    'aria-describedby': field('when-hint'),
  })
  const model = select(
    field('model'),
    [{ value: '', label: 'The one assessed last' }, ...models.map(({ id, shortTitle }) => ({ value: id, label: shortTitle }))],
    before?.model ?? '',
  )
  const place = select(field('place'), addresses, before === undefined ? undefined : (before.place?.id ?? ALONE))
  const always = el('input', { type: 'checkbox', checked: before?.sendWhenEmpty === true })
  const offered = before === undefined ? kinds : kinds.filter(({ kind }) => (kind === 'organisation') === (before.kind === 'organisation'))
  const kindFields = offered.map(({ kind, label, about }, i) =>
    el(
      'label',
      { class: 'pick' },
      el('input', { type: 'radio', name: field('kind'), value: kind, checked: before === undefined ? i === 0 : kind === before.kind }),
      el('span', { class: 'what' }, label),
      el('span', { class: 'where' }, about),
    ),
  )
  const shown = el('div')
  const look = el('button', { type: 'button', class: 'quiet' }, 'Preview')
  const form = el(
    'form',
    { class: 'stack' },
    el('fieldset', { class: 'choice' }, el('legend', {}, 'What it tells'), ...kindFields),
    el(
      'div',
      { class: 'side-by-side' },
      el(
        'div',
        { class: 'labelled' },
        el('label', { for: field('when') }, 'When'),
        when,
        el(
          'p',
          { id: field('when-hint'), class: 'hint' },
          'In plain words, such as “every other Monday at 9 in Berlin” or “first Tuesday of the month at 10:00”.',
        ),
      ),
      el('div', { class: 'labelled' }, el('label', { for: field('model') }, 'Model'), el('span', { class: 'select' }, model)),
      canSend && el('div', { class: 'labelled' }, el('label', { for: field('place') }, 'Where it goes'), el('span', { class: 'select' }, place)),
    ),
    canSend
      ? el('label', { class: 'pick' }, always, el('span', { class: 'what' }, 'Send it also when nothing is new'))
      : el(
          'p',
          { class: 'notice' },
          'It is sent in Slack or Teams: say “page” to Cairn there, and this page opens with your teams from there. Here you can read what it would say.',
        ),
    el('p', { class: 'moves' }, look, canSend && el('button', { type: 'submit', class: 'send' }, before === undefined ? 'Set it up' : 'Save')),
    shown,
  )
  const wish = () => {
    const chosen = form.querySelector('input[type=radio]:checked')
    const kind = /** @type {DigestView['kind']} */ (chosen instanceof HTMLInputElement ? chosen.value : 'weekly')
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    return {
      kind,
      when: when.value,
      zone: timeZone,
      place: place.value === ALONE ? null : place.value,
      model: model.value === '' ? null : model.value,
      sendWhenEmpty: always.checked,
    }
  }
  const send = createSender(form)
  const preview = () =>
    send(async () => {
      const wanted = wish()
      const days = understoodDays(await understandDays(team, wanted))
      shown.replaceChildren(await digestPreview(team, { kind: wanted.kind, model: wanted.model }, days))
      shown.querySelector('h3')?.focus({ preventScroll: true })
    })
  look.addEventListener('click', preview)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!canSend) return void preview()
    void send(async () => {
      const now = await saveDigest(team, wish(), before?.id)
      then(now, before === undefined ? 'The digest is set up.' : 'The digest is changed.')
    })
  })
  return form
}

/** @param {string} id @param {readonly { value: string, label: string }[]} options @param {string | undefined} chosen */
function select(id, options, chosen) {
  return el('select', { id }, ...options.map(({ value, label }) => el('option', { value, selected: value === chosen }, label)))
}
