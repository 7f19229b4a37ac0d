// @ts-check
/** Where an assessment begins: what is open, what can be assessed and how long it takes, for which team. */
import { postJson } from '../api.js'
import { el, spoken } from '../dom.js'
import { goTo, runHref, teamHref } from '../router.js'
import { signedIn } from '../sign-in/enter-screen.js'
import { fetchMe, fetchOffers, fetchOpenRuns, fetchTeams, giveName } from './assess-api.js'
import { nameField } from './name-form.js'
import { createSender } from './sender.js'
import { count, day } from './words.js'

/** @typedef {import('./assess-view.js').Screen} Screen */
/** @typedef {import('./assess-api.js').OfferView} OfferView */
/** @typedef {import('./assess-api.js').ScopeView} ScopeView */
/** @typedef {import('./assess-api.js').OpenRunView} OpenRunView */

const LONGEST_TEAM_NAME = 80

/** @param {Screen} screen @param {string | undefined} team whose assessment it is going to be */
export async function showStart({ host, isShown }, team) {
  const [{ name, chat }, offers, teams, runs] = await Promise.all([fetchMe(), fetchOffers(), fetchTeams(), fetchOpenRuns()])
  if (!isShown()) return
  host.replaceChildren(
    el(
      'header',
      { class: 'lead' },
      el('h1', { tabindex: -1 }, 'Where does your team stand?'),
      el('p', {}, 'A few questions, each with the model’s own words to choose from. You see the result at the end, why it is so, and what to do next.'),
    ),
    ...(name === null || chat === null ? [] : [signedIn(name, chat)]),
    ...(runs.length === 0 ? [] : [openRuns(runs)]),
    startForm(
      name,
      offers,
      teams.toSorted((a, b) => Number(b.id === team) - Number(a.id === team)),
    ),
    ...(teams.length === 0 ? [] : [ownTeams(teams)]),
  )
}

/** @param {readonly OpenRunView[]} runs */
function openRuns(runs) {
  const items = runs.map(({ id, title, team, round, paused, updatedAt }) => {
    const about = [team, round, `${paused ? 'paused' : 'last answered'} on ${day(updatedAt)}`].filter((part) => part !== null).join(' · ')
    const label = el('span', { class: 'path' }, el('span', { class: 'what' }, title), el('span', { class: 'where' }, about))
    return el('li', {}, el('a', { class: 'row', href: runHref(id) }, label, el('span', { class: 'go' }, 'Go on')))
  })
  return el(
    'section',
    { class: 'block', 'aria-labelledby': 'open-runs' },
    el('h2', { id: 'open-runs' }, 'Not finished yet'),
    el('ul', { class: 'rows' }, ...items),
  )
}

/** @param {readonly { id: string, name: string }[]} teams */
function ownTeams(teams) {
  const items = teams.map(({ id, name }) =>
    el('li', {}, el('a', { class: 'row', href: teamHref(id) }, el('span', { class: 'what' }, name), el('span', { class: 'go' }, 'Results'))),
  )
  return el('section', { class: 'block', 'aria-labelledby': 'own-teams' }, el('h2', { id: 'own-teams' }, 'Your teams'), el('ul', { class: 'rows' }, ...items))
}

/** @param {string | null} name @param {readonly OfferView[]} offers @param {readonly { id: string, name: string }[]} teams */
function startForm(name, offers, teams) {
  const own = name === null ? nameField() : undefined
  const team = el('input', {
    id: 'team-name',
    class: 'field',
    name: 'team',
    autocomplete: 'organization',
    required: true,
    maxlength: LONGEST_TEAM_NAME,
    list: 'team-names',
  })
  team.value = teams[0]?.name ?? ''
  const known = el('datalist', { id: 'team-names' }, ...teams.map((each) => el('option', { value: each.name })))
  const { element: choice, scope } = scopeChoice(offers)
  const form = el(
    'form',
    { class: 'block stack' },
    el('h2', {}, 'Start an assessment'),
    choice,
    el(
      'div',
      { class: 'side-by-side' },
      el(
        'div',
        { class: 'labelled' },
        el('label', { for: 'team-name' }, 'Team'),
        team,
        known,
        el('p', { class: 'hint' }, 'A new name makes a new team, the name of one that is there joins it.'),
      ),
      own?.element,
    ),
    el('p', {}, el('button', { type: 'submit', class: 'send large' }, 'Start')),
  )
  const send = createSender(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(async () => {
      if (own !== undefined) await giveName(own.input.value)
      const { id } = await postJson('/api/teams', { name: team.value })
      const turn = await postJson('/api/runs', { team: id, scope: scope() })
      goTo(runHref(turn.run.id))
    })
  })
  return form
}

/**
 * Which model, and how much of it.
 * @param {readonly OfferView[]} offers
 */
export function scopeChoice(offers) {
  const scopes = el('fieldset', { class: 'choice' })
  /** @type {OfferView | undefined} */
  let offer
  const showScopes = (/** @type {OfferView | undefined} */ chosen) => {
    offer = chosen
    const options = (chosen?.scopes ?? []).map((scope, i) => radio('scope', String(i), scope.name, lengthOf(scope), i === 0))
    scopes.replaceChildren(el('legend', {}, 'How much'), ...options)
  }
  const models = offers.map((each, i) => {
    const node = radio('model', each.model, each.shortTitle, each.scopes[0] === undefined ? '' : lengthOf(each.scopes[0]), i === 0)
    node.addEventListener('change', () => showScopes(each))
    return node
  })
  showScopes(offers[0])
  const element = el('div', { class: 'stack' }, el('fieldset', { class: 'choice' }, el('legend', {}, 'Model'), ...models), scopes)
  return {
    element,
    scope: () => {
      const chosen = scopes.querySelector('input:checked')
      return offer?.scopes[Number(chosen instanceof HTMLInputElement ? chosen.value : 0)]?.scope
    },
  }
}

/** @param {ScopeView} scope */
function lengthOf({ questions, atMost, minutes }) {
  return `${atMost ? 'at most ' : ''}${count(questions, 'question')}, ${minutes} min`
}

/** @param {string} name @param {string} value @param {string} label @param {string} about @param {boolean} checked */
function radio(name, value, label, about, checked) {
  return el(
    'label',
    { class: 'pick' },
    el('input', { type: 'radio', name, value, checked }),
    el('span', { class: 'what' }, label),
    spoken(', '),
    el('span', { class: 'where' }, about),
  )
}
