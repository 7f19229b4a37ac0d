// @ts-check
/** A round: how far it is while it runs, one's own answers, and its figures once it has closed. */
import { explain, getJson, postJson } from '../api.js'
import { el } from '../dom.js'
import { goTo, roundHref, runHref, teamHref } from '../router.js'
import { roundPath } from './assess-api.js'
import { copyLink } from './copy-link.js'
import { focusHeading } from './focus.js'
import { nameForm } from './name-form.js'
import { resultParts } from './round-results.js'
import { createSender } from './sender.js'
import { moment, people } from './words.js'

/** @typedef {import('./assess-view.js').Screen} Screen */
/** @typedef {import('./assess-api.js').RoundView} RoundView */

const CLOSED_BY = { starter: 'by who started it', 'all-answered': 'all having answered', deadline: 'at its deadline' }
const LOOK_AGAIN_MS = 10_000

/** @param {Screen} screen @param {string} id */
export async function showRound(screen, id) {
  const round = /** @type {RoundView} */ (await getJson(roundPath(id)))
  const again = async () => {
    await showRound(screen, id)
    focusHeading(screen.host)
  }
  if (!screen.isShown()) return
  const results = round.state === 'closed' && round.you !== null ? await getJson(`${roundPath(id)}/results`) : undefined
  if (!screen.isShown()) return
  const counter = el('p', { class: 'counted' })
  showCount(counter, round)
  screen.host.replaceChildren(
    el(
      'section',
      { class: 'card stack' },
      el('p', { class: 'crumbs' }, el('a', { href: teamHref(round.team.id) }, round.team.name), ` › ${round.title}`),
      el('h1', { tabindex: -1 }, round.name),
      counter,
      el('p', { class: 'where' }, whenOf(round)),
      el('p', { class: 'hint' }, round.privacy),
      ...(round.state === 'open' ? openParts(round, again) : []),
      round.state === 'closed' && round.you === null && nameForm('See the figures', again),
    ),
    ...(results === undefined ? [] : resultParts(results)),
  )
  if (round.state === 'open') lookAgain(screen, id, counter)
}

/** @param {HTMLElement} counter @param {RoundView} round */
function showCount(counter, { answered, invited }) {
  const dots = Array.from({ length: Math.min(invited, 30) }, (_, i) => el('i', { class: i < answered ? 'done' : '' }))
  counter.replaceChildren(el('span', { class: 'steps', 'aria-hidden': 'true' }, ...dots), el('strong', {}, `${answered} of ${invited} have answered`))
}

/** The count moves while one looks; when the round closes, the figures come. @param {Screen} screen @param {string} id @param {HTMLElement} counter */
function lookAgain(screen, id, counter) {
  const timer = setInterval(async () => {
    if (!screen.isShown() || !counter.isConnected) return clearInterval(timer)
    const round = await getJson(roundPath(id)).catch(() => undefined)
    if (round === undefined || !screen.isShown()) return
    if (round.state === 'open') return showCount(counter, round)
    clearInterval(timer)
    screen.say('The round has closed.')
    await showRound(screen, id).catch((error) => screen.say(explain(error)))
  }, LOOK_AGAIN_MS)
}

/** @param {RoundView} round */
function whenOf({ state, deadline, closedAt, closedBy, closesByItself, own }) {
  if (state === 'open')
    return `Open until ${moment(deadline)}, or until ${closesByItself ? 'all have answered' : own.isStarter ? 'you close it' : 'it is closed by who started it'}`
  return `Closed on ${moment(closedAt ?? deadline)}${closedBy === undefined ? '' : `, ${CLOSED_BY[closedBy]}`}`
}

/** @param {RoundView} round @param {() => Promise<void>} again */
function openParts(round, again) {
  if (round.you === null) return [el('p', {}, `You are asked to answer for the team ${round.team.name}.`), nameForm('Join and answer', () => join(round.id))]
  return [
    ownPart(round),
    ...(round.own.invited ? [copyLink('round-link', 'Link to this round', roundHref(round.id))] : []),
    ...(round.own.isStarter ? [closeButton(round, again)] : []),
  ]
}

/** @param {string} id */
async function join(id) {
  const { run } = await postJson(`${roundPath(id)}/join`)
  goTo(runHref(run))
}

/** @param {RoundView} round */
function ownPart({ id, own, team }) {
  const label = {
    'not-started': own.invited ? 'Answer' : 'Join and answer',
    open: 'Go on answering',
    paused: 'Go on answering',
    finished: 'See or change my answers',
    abandoned: 'Answer after all',
  }[own.state]
  const button = el('button', { type: 'button', class: own.state === 'finished' ? 'quiet' : 'send large' }, label)
  const part = el(
    'div',
    { class: 'stack' },
    !own.invited && el('p', {}, `You are asked to answer for the team ${team.name}.`),
    own.state === 'finished' && el('p', {}, 'You have answered. Until the round closes you can change your answers.'),
    el('p', {}, button),
  )
  const send = createSender(part)
  button.addEventListener('click', () => send(() => join(id)))
  return part
}

/** @param {RoundView} round @param {() => Promise<void>} again */
function closeButton({ id, answered, invited }, again) {
  const isComplete = answered === invited
  const button = el('button', { type: 'button', class: isComplete ? 'send' : 'quiet' }, 'Close the round')
  const certain = el('button', { type: 'button', class: 'send' }, 'Close it and show the figures')
  const ask = el('p', {}, isComplete ? 'Nobody else can answer then. ' : `${people(invited - answered)} can then no longer answer. `, certain)
  ask.hidden = true
  const part = el('div', { class: 'stack' }, el('p', {}, button), ask)
  const send = createSender(part)
  button.addEventListener('click', () => {
    ask.hidden = false
    button.hidden = true
    certain.focus()
  })
  certain.addEventListener('click', () =>
    send(async () => {
      await postJson(`${roundPath(id)}/close`)
      await again()
    }),
  )
  return part
}
