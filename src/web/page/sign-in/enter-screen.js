// @ts-check
/** Where a link from a chat leads: it works once, so nothing happens before somebody presses. */
import { postJson } from '../api.js'
import { createSender } from '../assess/sender.js'
import { el } from '../dom.js'
import { startHref, teamHref } from '../router.js'

/** @param {import('../assess/assess-view.js').Screen} screen @param {string} code @param {string | undefined} team */
export function showEntry({ host }, code, team) {
  const go = el('button', { type: 'button', class: 'send large' }, 'Go on')
  const card = el(
    'section',
    { class: 'card stack' },
    el('h1', { tabindex: -1 }, 'Your teams, from the chat'),
    el('p', {}, 'For twelve hours, this browser shows what is yours in the chat: teams, results, digests.'),
    el('p', {}, 'Go on only if you asked for this link yourself.'),
    el('p', {}, go),
  )
  const send = createSender(card)
  go.addEventListener('click', () =>
    send(async () => {
      await postJson('/api/session', { code })
      await beginAnew(team === undefined ? startHref() : teamHref(team))
    }),
  )
  host.replaceChildren(card)
}

/** @param {string} name @param {string} chat */
export function signedIn(name, chat) {
  const out = el('button', { type: 'button', class: 'quiet' }, 'Leave')
  const line = el('p', { class: 'moves' }, `You are here as ${name}, from ${chat}.`, out)
  const send = createSender(line)
  out.addEventListener('click', () =>
    send(async () => {
      await postJson('/api/session/end')
      await beginAnew(startHref())
    }),
  )
  return line
}

/** Nothing of what was loaded for somebody else stays, and the code is gone from the address. @param {string} hash @returns {Promise<never>} */
function beginAnew(hash) {
  history.replaceState(null, '', hash)
  location.reload()
  return new Promise(() => {})
}
