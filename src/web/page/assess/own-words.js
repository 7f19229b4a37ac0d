// @ts-check
/** Typing is always possible: Enter sends, Shift+Enter begins a new line. */
import { el } from '../dom.js'

/** Kept until it has arrived: leaving for a passage or a failure loses nothing. @type {Map<string, string>} */
const drafts = new Map()
const LONGEST_TEXT = 4000

/** What was sent has arrived. @param {string} run */
export function forgetDrafts(run) {
  for (const draft of drafts.keys()) if (draft.startsWith(`${run} `)) drafts.delete(draft)
}

/** @param {{ label: string, draft: string, onSend: (text: string) => void }} given */
export function ownWords({ label, draft, onSend }) {
  const input = el('textarea', { id: 'own-words', rows: 2, maxlength: LONGEST_TEXT, autocomplete: 'off' })
  input.value = drafts.get(draft) ?? ''
  const submit = () => {
    const text = input.value.trim()
    if (text !== '') onSend(text)
  }
  input.addEventListener('input', () => drafts.set(draft, input.value))
  input.addEventListener('keydown', (event) => {
    // While an input method composes a word, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  const form = el(
    'form',
    { class: 'own-words' },
    el('label', { for: 'own-words' }, label),
    el('div', { class: 'typed' }, input, el('button', { type: 'submit', class: 'send' }, 'Send')),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  return form
}
