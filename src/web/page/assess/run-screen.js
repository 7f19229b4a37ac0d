// @ts-check
/** One person's assessment: one question at a time, and at the end the way to the results. */
import { renderParts, renderSources } from '../answer-view.js'
import { fetchModels, getJson, postJson } from '../api.js'
import { el } from '../dom.js'
import { roundHref, teamHref } from '../router.js'
import { newKey, runPath } from './assess-api.js'
import { focusHeading } from './focus.js'
import { givenAnswers } from './given-answers.js'
import { forgetDrafts } from './own-words.js'
import { questionCard } from './question-card.js'
import { createSender } from './sender.js'

/** @typedef {import('./assess-view.js').Screen} Screen */
/** @typedef {import('./assess-api.js').TurnView} TurnView */
/** @typedef {import('../../../answers/answer.ts').Answer} Answer */
/** @typedef {import('../api.js').ModelView} ModelView */

/** @param {Screen} screen @param {string} id */
export async function showRun(screen, id) {
  const [turn, models] = await Promise.all([getJson(runPath(id)), fetchModels().catch(() => [])])
  if (screen.isShown()) renderTurn(screen, turn, models)
}

/** @param {Screen} screen @param {TurnView} turn @param {readonly ModelView[]} models */
function renderTurn(screen, turn, models) {
  const { host, say, isShown } = screen
  const body = el('div', { class: 'run' })
  const send = createSender(body)
  /** The same press, sent again after a failure, is still one; another press is another. @type {Map<string, string>} */
  const keys = new Map()
  const withKey = (/** @type {object} */ given) => {
    const press = JSON.stringify(given)
    const key = keys.get(press) ?? newKey()
    keys.set(press, key)
    return { ...given, key }
  }

  /** @param {object} step */
  const take = (step) =>
    send(async () => {
      const next = await postJson(`${runPath(turn.run.id)}/step`, { ...withKey(step), version: turn.run.version })
      if (isShown()) arrive(next)
    })
  /** @param {object} answer */
  const amend = (answer) =>
    send(async () => {
      const next = await postJson(`${runPath(turn.run.id)}/answers`, withKey(answer))
      if (isShown()) arrive(next)
    })
  /** @param {TurnView} next */
  const arrive = (next) => {
    forgetDrafts(next.run.id)
    renderTurn(screen, next, models)
    const { view, notice } = next
    say([notice, 'progress' in view && view.kind !== 'paused' ? `Question ${view.progress.at} of ${view.progress.of}.` : ''].filter(Boolean).join(' '))
    focusHeading(host)
    host.querySelector('[data-focus]')?.scrollIntoView({ block: 'start' })
  }

  const { view } = turn
  body.append(
    head(turn),
    ...(turn.notice === undefined ? [] : [el('p', { class: 'notice' }, turn.notice)]),
    ...(turn.aside === undefined ? [] : [aside(turn.aside, models)]),
  )
  if ('question' in view) body.append(questionCard(turn, { take, levels: levelsOf(turn, models), heard: turn.aside !== undefined }), moves(take))
  else if (view.kind === 'paused') body.append(paused(turn, take))
  else if (view.kind === 'finished') body.append(finished(turn), ...givenAnswers(turn, { amend, levels: levelsOf(turn, models) }))
  else
    body.append(el('h1', { tabindex: -1, 'data-focus': true }, 'This assessment was given up'), el('p', {}, el('a', { href: '#/assess' }, 'Back to the start')))
  host.replaceChildren(body)
}

/** How many levels the stones are piled to. @param {TurnView} turn @param {readonly ModelView[]} models */
function levelsOf({ run }, models) {
  return models.find(({ id }) => id === run.scope.model)?.levels.length ?? 0
}

/** @param {TurnView} turn */
function head({ run, round, view }) {
  const where = el(
    'p',
    { class: 'crumbs' },
    el('a', { href: teamHref(run.team.id) }, run.team.name),
    ` › ${run.title}`,
    round !== undefined && ` › ${round.name}`,
  )
  if (!('progress' in view)) return el('div', { class: 'run-head' }, where)
  const { at, of } = view.progress
  const steps = Array.from({ length: of }, (_, i) => el('i', { class: i + 1 < at ? 'done' : i + 1 === at ? 'here' : '' }))
  return el(
    'div',
    { class: 'run-head' },
    where,
    el('p', { class: 'progress' }, el('span', {}, `${at} of ${of}`), el('span', { class: 'steps', 'aria-hidden': 'true' }, ...steps)),
    round !== undefined && at === 1 && el('p', { class: 'hint' }, round.privacy),
  )
}

/** @param {(step: object) => void} take */
function moves(take) {
  return el(
    'div',
    { class: 'moves' },
    el('button', { type: 'button', class: 'quiet', onclick: () => take({ kind: 'back' }) }, 'Back'),
    el('button', { type: 'button', class: 'quiet', onclick: () => take({ kind: 'pause' }) }, 'Pause'),
  )
}

/** @param {TurnView} turn @param {(step: object) => void} take */
function paused({ view }, take) {
  const at = 'progress' in view ? `Paused at question ${view.progress.at} of ${view.progress.of}` : 'Paused'
  const certain = el('button', { type: 'button', class: 'quiet', hidden: true, onclick: () => take({ kind: 'abandon' }) }, 'Yes, give it up')
  const giveUp = el(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        giveUp.hidden = true
        certain.hidden = false
        certain.focus()
      },
    },
    'Give it up',
  )
  return el(
    'section',
    { class: 'card stack' },
    el('h1', { tabindex: -1, 'data-focus': true }, at),
    el('p', {}, 'What you answered is kept. Go on whenever you like: it waits under “Assess” in this browser.'),
    el('div', { class: 'moves' }, el('button', { type: 'button', class: 'send large', onclick: () => take({ kind: 'resume' }) }, 'Go on'), giveUp, certain),
  )
}

/** @param {TurnView} turn */
function finished({ run, round, finished: said }) {
  const onward =
    round === undefined
      ? el('a', { class: 'send large', href: teamHref(run.team.id, run.scope.model) }, 'See the results')
      : el('a', { class: 'send large', href: roundHref(round.id) }, 'Back to the round')
  return el(
    'section',
    { class: 'card stack' },
    el('h1', { tabindex: -1, 'data-focus': true }, said),
    el(
      'p',
      {},
      round === undefined
        ? 'The results say where your team stands, why, and what comes next.'
        : 'Thank you. Nobody sees your answers until the round has closed.',
    ),
    el('p', {}, onward),
  )
}

/** @param {Answer} answer @param {readonly ModelView[]} models */
function aside(answer, models) {
  return el(
    'section',
    { class: 'aside answer', 'aria-labelledby': 'aside-heading' },
    el('h2', { id: 'aside-heading', class: 'asked', tabindex: -1, 'data-focus': true }, answer.question),
    ...renderParts(answer),
    renderSources(answer.citations, models),
  )
}
