// @ts-check
/** A team's results: what stands lowest, the profile and why, what to do next, its rounds, and files to keep. */
import { getJson, postJson } from '../api.js'
import { digestList } from '../digests/digest-list.js'
import { fetchDigests } from '../digests/digests-api.js'
import { el } from '../dom.js'
import { runHref, startHref, teamHref } from '../router.js'
import { actionList } from './action-list.js'
import { fetchMe, fetchOffers, fetchTeams, teamPath } from './assess-api.js'
import { comparisonForm } from './comparison-form.js'
import { focusHeading } from './focus.js'
import { headline } from './headline.js'
import { nameForm } from './name-form.js'
import { nextSteps } from './next-steps.js'
import { otherTerms } from './other-terms.js'
import { profileList } from './profile-list.js'
import { renderPictures } from './result-pictures.js'
import { roundList } from './round-list.js'
import { createSender } from './sender.js'
import { stagePractices } from './stage-practices.js'
import { list, people } from './words.js'

/** @typedef {import('./assess-view.js').Screen} Screen */
/** @typedef {import('./assess-api.js').TeamView} TeamView */
/** @typedef {import('./assess-api.js').ResultsView} ResultsView */
/** @typedef {import('./assess-api.js').ModelResultsView} ModelResultsView */
/** @typedef {import('./assess-api.js').RoundView} RoundView */

/** @param {Screen} screen @param {string} id @param {string | undefined} model */
export async function showTeam(screen, id, model) {
  const again = async () => {
    await showTeam(screen, id, model)
    focusHeading(screen.host)
  }
  if ((await fetchMe()).name === null) {
    if (screen.isShown())
      screen.host.replaceChildren(el('section', { class: 'card stack' }, el('h1', { tabindex: -1 }, 'Who are you?'), nameForm('Go on', again)))
    return
  }
  const team = /** @type {TeamView} */ (await getJson(teamPath(id)))
  if (!team.member) {
    if (screen.isShown()) screen.host.replaceChildren(joinCard(team, again))
    return
  }
  const [results, { rounds }, offers, teams, digests] = await Promise.all([
    fetchResults(id, model),
    getJson(`${teamPath(id)}/rounds`),
    fetchOffers(),
    fetchTeams(),
    fetchDigests(id),
  ])
  if (!screen.isShown()) return
  const { host } = screen
  const { shown } = results
  host.replaceChildren(
    head(team, results, shown),
    ...(shown === undefined ? [nothingYet(id)] : modelParts(screen, team, results, shown)),
    roundList(team, rounds, offers),
    digestList(screen, team, digests),
    ...(shown === undefined || teams.length < 2 ? [] : [comparisonForm(id, teams, shown)]),
    files(id, rounds),
  )
}

/** @param {string} id @param {string | undefined} model @returns {Promise<ResultsView>} */
function fetchResults(id, model) {
  return getJson(`${teamPath(id)}/results${model === undefined ? '' : `?model=${encodeURIComponent(model)}`}`)
}

/** @param {TeamView} team @param {() => Promise<void>} then */
function joinCard({ id, name }, then) {
  const join = el('button', { type: 'button', class: 'send large' }, 'Join the team')
  const card = el(
    'section',
    { class: 'card stack' },
    el('h1', { tabindex: -1 }, `Join ${name}?`),
    el('p', {}, 'Members see the team’s results and take part in its rounds.'),
    el('p', {}, join),
  )
  const send = createSender(card)
  join.addEventListener('click', () =>
    send(async () => {
      await postJson(`${teamPath(id)}/join`)
      await then()
    }),
  )
  return card
}

/** @param {TeamView} team @param {ResultsView} results @param {ModelResultsView | undefined} shown */
function head({ id, name, members }, { models }, shown) {
  const tabs = models.map((model) =>
    el('li', {}, el('a', { href: teamHref(id, model.id), 'aria-current': model.id === shown?.model && 'page' }, model.shortTitle)),
  )
  const names = members.map((member) => (member.you ? `${member.name} (you)` : member.name))
  return el(
    'header',
    { class: 'team-head' },
    el('h1', { tabindex: -1 }, name),
    el('p', { class: 'hint' }, `${people(members.length)}: ${list(names)}`),
    models.length > 1 && el('nav', { 'aria-label': 'Results by model' }, el('ul', { class: 'tabs' }, ...tabs)),
  )
}

/** @param {string} id */
function nothingYet(id) {
  return el(
    'section',
    { class: 'card stack' },
    el('h2', {}, 'No results yet'),
    el('p', {}, 'They appear once somebody has finished an assessment, or a round has closed.'),
    el('p', {}, el('a', { class: 'send large', href: startHref(id) }, 'Start an assessment')),
  )
}

/** @param {Screen} screen @param {TeamView} team @param {ResultsView} results @param {ModelResultsView} shown */
function modelParts(screen, team, results, shown) {
  const actions = actionList(screen, team.id, results.actions)
  // What is changed here changes gaps, steps and pictures too.
  const refresh = async (/** @type {string} */ said) => {
    await showTeam(screen, team.id, shown.model)
    screen.say(said)
  }
  return [
    headline(shown),
    ...renderPictures(team.id, shown),
    profileList(team.id, shown, refresh),
    ...(shown.nextStage === null ? [] : [stagePractices(shown.nextStage)]),
    nextSteps(team.id, shown, results.actions, actions.show),
    actions.element,
    ...(shown.others.length === 0 ? [] : [otherTerms(team.id, shown)]),
    el(
      'p',
      { class: 'onward' },
      el('a', { href: startHref(team.id) }, 'Assess again'),
      shown.ownRun !== null && el('a', { href: runHref(shown.ownRun) }, 'See or change my answers'),
    ),
  ]
}

/** @param {string} id @param {readonly RoundView[]} rounds */
function files(id, rounds) {
  const open = rounds.find(({ state }) => state === 'open')
  return el(
    'section',
    { class: 'block', 'aria-labelledby': 'files' },
    el('h2', { id: 'files' }, 'To keep'),
    el(
      'ul',
      { class: 'files' },
      el('li', {}, el('a', { href: `${teamPath(id)}/results.csv`, download: '' }, 'Results as CSV')),
      el(
        'li',
        {},
        open === undefined
          ? el('a', { href: `${teamPath(id)}/export.json`, download: '' }, 'Everything of the team as JSON')
          : `Everything of the team as JSON: once the round “${open.name}” has closed`,
      ),
    ),
  )
}
