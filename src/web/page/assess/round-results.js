// @ts-check
/** What a closed round says, section by section, and the way to vote once more where it is far apart. */
import { postJson } from '../api.js'
import { el } from '../dom.js'
import { goTo, roundHref, teamHref } from '../router.js'
import { roundPath } from './assess-api.js'
import { figures } from './figures.js'
import { coverageText } from './headline.js'
import { createSender } from './sender.js'
import { inDays, people } from './words.js'

/** @typedef {import('./assess-api.js').RoundView} RoundView */
/** @typedef {import('./assess-api.js').RoundResultsView} RoundResultsView */
/** @typedef {import('./assess-api.js').FiguresView} FiguresView */

const REVOTE_DAYS = 3

/** @param {RoundResultsView} results */
export function resultParts({ round, levelWord, respondents, coverage, sections, other, revoteOffered }) {
  const items = sections.map((section) =>
    el('li', { class: 'row-body' }, el('h3', {}, section.label), ...otherVote(section, other, levelWord), ...figures(section, levelWord)),
  )
  return [
    el(
      'section',
      { class: 'block', 'aria-labelledby': 'figures' },
      el('h2', { id: 'figures', tabindex: -1 }, 'What the team says'),
      el('p', { class: 'coverage' }, `${people(respondents)} answered. Sections: ${coverageText(coverage)}.`),
      el('ul', { class: 'rows' }, ...items),
      el(
        'p',
        { class: 'onward' },
        el('a', { href: teamHref(round.team.id) }, 'The team’s results'),
        other !== null && el('a', { href: roundHref(other.id) }, other.kind === 'revote' ? 'The re-vote' : 'The first vote'),
      ),
    ),
    ...(revoteOffered.length === 0
      ? []
      : [
          revoteForm(
            round,
            sections.filter(({ section }) => revoteOffered.includes(section)),
          ),
        ]),
  ]
}

/** Both votes are kept. @param {FiguresView} section @param {RoundResultsView['other']} other @param {string} levelWord */
function otherVote({ section }, other, levelWord) {
  const found = other?.sections.find((each) => each.section === section)
  if (found === undefined || found.level === null) return []
  return [el('p', { class: 'where' }, `${other?.kind === 'revote' ? 'In the re-vote' : 'In the first vote'}: ${levelWord.toLowerCase()} ${found.level}`)]
}

/** @param {RoundView} round @param {readonly FiguresView[]} sections */
function revoteForm({ id }, sections) {
  const deadline = el('input', { id: 'revote-deadline', class: 'field', type: 'datetime-local', required: true, value: inDays(REVOTE_DAYS) })
  const form = el(
    'form',
    { class: 'block stack', 'aria-labelledby': 'revote' },
    el('h2', { id: 'revote' }, 'Talk, then vote once more'),
    el(
      'p',
      {},
      `The answers are two levels apart or more in ${sections.map(({ label }) => label).join(', ')}. After you have talked, everybody can vote on ${sections.length === 1 ? 'it' : 'them'} once more; both votes are kept.`,
    ),
    el('div', { class: 'labelled' }, el('label', { for: 'revote-deadline' }, 'Answers until'), deadline),
    el('p', {}, el('button', { type: 'submit', class: 'send' }, 'Start the re-vote')),
  )
  const send = createSender(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(async () => {
      const revote = await postJson(`${roundPath(id)}/revote`, { deadline: new Date(deadline.value).toISOString() })
      goTo(roundHref(revote.id))
    })
  })
  return form
}
