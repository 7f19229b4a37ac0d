// @ts-check
/** What the team has taken on, with who does it and until when; shown until it is done. */
import { postJson } from '../api.js'
import { el, spoken } from '../dom.js'
import { teamPath } from './assess-api.js'
import { quoteButton } from './figures.js'
import { createSender } from './sender.js'

/** @typedef {import('./assess-view.js').Screen} Screen */
/** @typedef {import('./assess-api.js').ActionView} ActionView */

const STANDING = { open: '', due: 'Due soon', overdue: 'Overdue', done: 'Done' }

/** @param {Screen} screen @param {string} team @param {readonly ActionView[]} actions */
export function actionList({ say }, team, actions) {
  const element = el('section', { class: 'block', 'aria-labelledby': 'actions' })

  /** @param {readonly ActionView[]} now @param {string} [said] */
  const show = (now, said) => {
    const open = now.filter(({ standing }) => standing !== 'done')
    const done = now.filter(({ standing }) => standing === 'done')
    element.hidden = now.length === 0
    element.replaceChildren(
      el('h2', { id: 'actions', tabindex: -1 }, 'Actions'),
      open.length === 0
        ? el('p', { class: 'hint' }, 'All done.')
        : el('ul', { class: 'rows' }, ...open.map((action, i) => el('li', {}, actionItem(action, i)))),
      ...(done.length === 0
        ? []
        : [
            el(
              'details',
              { class: 'why' },
              el('summary', {}, `Done: ${done.length}`),
              el('ul', { class: 'rows' }, ...done.map((action, i) => el('li', {}, actionItem(action, open.length + i)))),
            ),
          ]),
    )
    if (said !== undefined) say(said)
  }

  /** @param {ActionView} action @param {number} index */
  const actionItem = ({ id, passage, text, owner, mine, due, standing }, index) => {
    const done = standing === 'done'
    const field = `due-${index}`
    const date = el('input', { id: field, type: 'date', value: due })
    const row = el('div', { class: 'row-body action' }, quoteButton(passage, text))
    const send = createSender(row)
    /** @param {object} change @param {string} said */
    const change = (change, said) =>
      send(async () => {
        const { actions: now } = await postJson(`${teamPath(team)}/actions/${encodeURIComponent(id)}`, change)
        show(now, said)
        document.getElementById('actions')?.focus({ preventScroll: true })
      })
    date.addEventListener('change', () => change({ due: date.value === '' ? null : date.value }, date.value === '' ? 'No date.' : `Due on ${date.value}.`))
    const button = (/** @type {string} */ label, /** @type {object} */ to, /** @type {string} */ said) =>
      el('button', { type: 'button', class: 'quiet', onclick: () => change(to, said) }, label, spoken(`: ${text}`))
    row.append(
      el(
        'div',
        { class: 'moves' },
        el('span', { class: 'owner' }, owner === null ? 'Nobody yet' : mine ? `${owner} (you)` : owner),
        STANDING[standing] !== '' && el('span', { class: `standing-${standing} chip` }, STANDING[standing]),
        ...(done
          ? [button('Not done after all', { done: false }, 'Open again.')]
          : [
              mine ? button('Let it go', { mine: false }, 'Nobody has it.') : button('I take it', { mine: true }, 'It is yours.'),
              el('label', { for: field, class: 'due' }, 'Due', spoken(` date of: ${text}`)),
              date,
              button('Done', { done: true }, 'Done.'),
            ]),
      ),
    )
    return row
  }

  show(actions)
  return { element, show }
}
