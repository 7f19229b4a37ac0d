// @ts-check
/** A team's rounds, and the form that starts one. */
import { postJson } from '../api.js'
import { el } from '../dom.js'
import { goTo, roundHref, teamHref } from '../router.js'
import { teamPath } from './assess-api.js'
import { copyLink } from './copy-link.js'
import { createSender } from './sender.js'
import { scopeChoice } from './start-screen.js'
import { day, inDays, list, moment } from './words.js'

/** @typedef {import('./assess-api.js').TeamView} TeamView */
/** @typedef {import('./assess-api.js').RoundView} RoundView */
/** @typedef {import('./assess-api.js').OfferView} OfferView */

const DAYS = 7

/** @param {TeamView} team @param {readonly RoundView[]} rounds @param {readonly OfferView[]} offers */
export function roundList(team, rounds, offers) {
  const items = rounds.map((round) =>
    el(
      'li',
      {},
      el(
        'a',
        { class: 'row', href: roundHref(round.id) },
        el('span', { class: 'path' }, el('span', { class: 'what' }, round.name), el('span', { class: 'where' }, aboutRound(round))),
        el('span', { class: 'go' }, round.state === 'open' ? 'Open' : 'Figures'),
      ),
    ),
  )
  return el(
    'section',
    { class: 'block', 'aria-labelledby': 'rounds' },
    el('h2', { id: 'rounds' }, 'Rounds'),
    el('p', { class: 'hint' }, 'Everybody answers for themselves and sees nothing of the others; the figures come when the round has closed.'),
    items.length > 0 && el('ul', { class: 'rows' }, ...items),
    team.chat === null
      ? el('details', { class: 'fold' }, el('summary', {}, 'Start a round'), roundForm(team, offers))
      : el('p', { class: 'hint' }, `One begins in the team’s channel in ${team.chat}, where everybody is told of it: say “round” to Cairn there.`),
  )
}

/** @param {RoundView} round */
function aboutRound({ title, answered, invited, state, deadline, closedAt }) {
  const when = state === 'open' ? `until ${moment(deadline)}` : `closed on ${day(closedAt ?? deadline)}`
  return `${title} · ${answered} of ${invited} have answered · ${when}`
}

/** @param {TeamView} team @param {readonly OfferView[]} offers */
function roundForm({ id, members }, offers) {
  const name = el('input', { id: 'round-name', class: 'field', required: true, maxlength: 200, autocomplete: 'off', placeholder: 'Autumn check' })
  const deadline = el('input', { id: 'round-deadline', class: 'field', type: 'datetime-local', required: true, value: inDays(DAYS) })
  const confidential = el('input', { type: 'radio', name: 'privacy', value: 'confidential' })
  const { element: choice, scope } = scopeChoice(offers)
  const form = el(
    'form',
    { class: 'stack' },
    el(
      'div',
      { class: 'side-by-side' },
      el('div', { class: 'labelled' }, el('label', { for: 'round-name' }, 'Name'), name),
      el('div', { class: 'labelled' }, el('label', { for: 'round-deadline' }, 'Answers until'), deadline),
    ),
    choice,
    el(
      'fieldset',
      { class: 'choice wide' },
      el('legend', {}, 'Who sees what'),
      el(
        'label',
        { class: 'pick' },
        el('input', { type: 'radio', name: 'privacy', value: 'named', checked: true }),
        el('span', { class: 'what' }, 'Named'),
        el('span', { class: 'where' }, 'after closing, the team sees who answered what'),
      ),
      el(
        'label',
        { class: 'pick' },
        confidential,
        el('span', { class: 'what' }, 'Confidential'),
        el('span', { class: 'where' }, 'nobody is shown who answered what; figures from 3 answers on'),
      ),
    ),
    el(
      'div',
      { class: 'stack' },
      el(
        'p',
        {},
        `Asked: ${list(members.map((member) => (member.you ? `${member.name} (you)` : member.name)))}. Once all of the team have answered, the round closes. Others can come as guests by its link, then you close it; or let them into the team first:`,
      ),
      copyLink('team-link', 'Link into the team', teamHref(id)),
    ),
    el('p', {}, el('button', { type: 'submit', class: 'send large' }, 'Start the round')),
  )
  const send = createSender(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(async () => {
      const asked = { name: name.value, scope: scope(), deadline: new Date(deadline.value).toISOString(), confidential: confidential.checked }
      const round = await postJson(`${teamPath(id)}/rounds`, asked)
      goTo(roundHref(round.id))
    })
  })
  return form
}
