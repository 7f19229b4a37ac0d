// @ts-check
/** Where the question is typed: Enter sends, Shift+Enter begins a new line, a counter shows near the limit. */
import { byId, el } from './dom.js'

const MAX_CHARACTERS = 4000
const COUNT_FROM = 3600

/** @typedef {import('./api.js').ModelView} ModelView */

/**
 * @param {{ onAsk: (question: string) => void, onStop: () => void }} handlers
 */
export function createComposer({ onAsk, onStop }) {
  const form = byId('composer', HTMLFormElement)
  const input = byId('question', HTMLTextAreaElement)
  const send = byId('send', HTMLButtonElement)
  const stop = byId('stop', HTMLButtonElement)
  const counter = byId('counter', HTMLElement)
  const filter = byId('model', HTMLSelectElement)
  let busy = false

  const submit = () => {
    const question = input.value.trim()
    if (busy || question === '' || lengthOf(question) > MAX_CHARACTERS) return
    input.value = ''
    refresh()
    onAsk(question)
  }

  const refresh = () => {
    const length = lengthOf(input.value.trim())
    const tooLong = length > MAX_CHARACTERS
    const left = MAX_CHARACTERS - length
    counter.textContent = length < COUNT_FROM ? '' : tooLong ? `${(-left).toLocaleString('en')} too many: shorten the question` : `${left} left`
    counter.classList.toggle('over', tooLong)
    input.setAttribute('aria-invalid', String(tooLong))
    // Not `disabled`: the button stays in the tab order while somebody shortens the text.
    send.setAttribute('aria-disabled', String(tooLong || length === 0))
    input.style.height = 'auto'
    input.style.height = `${input.scrollHeight}px`
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  input.addEventListener('input', refresh)
  input.addEventListener('keydown', (event) => {
    // While an input method composes a word, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  stop.addEventListener('click', onStop)
  refresh()

  return {
    focus: () => input.focus(),
    /** The id of the only model to look into; undefined for all. */
    model: () => filter.value || undefined,
    /** @param {boolean} value */
    setBusy(value) {
      const hadFocus = document.activeElement === send || document.activeElement === stop
      busy = value
      send.hidden = value
      stop.hidden = !value
      if (hadFocus) (value ? stop : send).focus()
    },
    /** @param {readonly ModelView[]} models */
    offerModels(models) {
      const chosen = filter.value
      filter.replaceChildren(el('option', { value: '' }, 'All models'), ...models.map((model) => el('option', { value: model.id }, model.shortTitle)))
      filter.value = models.some(({ id }) => id === chosen) ? chosen : ''
    },
  }
}

/** Counted as the server counts: an emoji is one character. @param {string} text */
function lengthOf(text) {
  return [...text].length
}
