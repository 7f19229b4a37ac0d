// @ts-check
/** One question: its levels as large buttons or its practices as a checklist, and always room for one's own words. */
import { el } from '../dom.js'
import { answerOptions, showPassage } from './answer-options.js'
import { ownWords } from './own-words.js'

/** @typedef {import('./assess-api.js').TurnView} TurnView */
/** @typedef {import('./assess-api.js').Question} Question */
/** @typedef {(step: object) => void} Take */

/** What was typed as evidence, by run and question: it is still there for whoever comes back to one. @type {Map<string, string>} */
const notes = new Map()

/**
 * @param {TurnView} turn
 * @param {{ take: Take, levels: number, heard: boolean }} given `heard`: an answer to a question of theirs stands above and has the focus
 */
export function questionCard(turn, { take, levels, heard }) {
  const { view, words } = turn
  if (!('question' in view)) throw new Error('there is no question to show')
  const { question } = view
  const note = noteField(`${turn.run.id} ${question.id}`)
  const value = (/** @type {object} */ given) => take({ kind: 'answer', question: question.id, value: given, ...note.value() })
  const isReason = view.kind === 'reason'
  const options = isReason
    ? []
    : [
        ...answerOptions(question, { levels, value, before: view.kind === 'question' ? view.before : undefined }),
        el(
          'div',
          { class: 'others' },
          el('button', { type: 'button', class: 'quiet', onclick: () => value({ kind: 'not-sure' }) }, 'Not sure'),
          el('button', { type: 'button', class: 'quiet', onclick: () => take({ kind: 'not-applicable' }) }, 'Not applicable'),
        ),
      ]
  return el(
    'article',
    { class: 'card question', 'aria-labelledby': 'question-heading' },
    el('h1', { id: 'question-heading', tabindex: -1, ...(heard ? {} : { 'data-focus': true }) }, words?.place ?? question.title),
    words?.before !== undefined && el('p', { class: 'hint' }, `You answered: ${words.before}.`),
    ...middle(turn, take, note.value),
    !isReason && el('p', { class: 'ask' }, view.kind === 'question' ? (words?.ask ?? '') : 'Or choose yourself:'),
    ...options,
    ownWords({
      label: isReason ? turn.reason : view.kind === 'clarification' ? 'Tell a little more' : 'Or say in your own words how it is, or ask a question',
      draft: `${turn.run.id} ${question.id} ${view.kind}`,
      onSend: (text) => take({ kind: 'text', text }),
    }),
    !isReason && note.element,
  )
}

/** What stands between the heading and the options: a proposal, or a question back. @param {TurnView} turn @param {Take} take @param {() => object} note */
function middle({ view, sounds }, take, note) {
  if (view.kind === 'clarification') return [el('p', { class: 'proposal' }, view.ask)]
  if (view.kind !== 'proposal') return []
  return [
    el(
      'div',
      { class: 'proposal stack' },
      el('p', { class: 'said' }, `You said: “${view.said}”`),
      el('p', { class: 'sounds' }, sounds ?? ''),
      el('blockquote', {}, view.indicator),
      showPassage(view.passage, view.indicator),
      el(
        'div',
        { class: 'moves' },
        el('button', { type: 'button', class: 'send', onclick: () => take({ kind: 'confirm', ...note() }) }, 'Yes, that is us'),
        el('button', { type: 'button', class: 'quiet', onclick: () => take({ kind: 'reject' }) }, 'No'),
      ),
    ),
  ]
}

/** Evidence that goes with whatever is pressed. @param {string} draft */
function noteField(draft) {
  const input = el('textarea', { id: 'note', rows: 2, maxlength: 2000, oninput: () => notes.set(draft, input.value) })
  input.value = notes.get(draft) ?? ''
  const element = el(
    'details',
    { class: 'note-field', open: input.value !== '' },
    el('summary', {}, 'Add a note as evidence'),
    el('label', { class: 'spoken', for: 'note' }, 'Note, kept with your answer'),
    input,
  )
  return { element, value: () => (input.value.trim() === '' ? {} : { note: input.value.trim() }) }
}
