// @ts-check
/** A name, asked once: the browser then stays the same person. */
import { el } from '../dom.js'
import { giveName } from './assess-api.js'
import { createSender } from './sender.js'

const LONGEST_NAME = 80

export function nameField() {
  const input = el('input', { id: 'own-name', class: 'field', name: 'name', autocomplete: 'name', required: true, maxlength: LONGEST_NAME })
  const hint = el('p', { id: 'own-name-hint', class: 'hint' }, 'Shown to your team. There is no password: this browser remembers who you are.')
  input.setAttribute('aria-describedby', 'own-name-hint')
  return { input, element: el('div', { class: 'labelled' }, el('label', { for: 'own-name' }, 'Your name'), input, hint) }
}

/**
 * @param {string} action what the button says
 * @param {() => Promise<void>} then
 */
export function nameForm(action, then) {
  const { input, element } = nameField()
  const form = el('form', { class: 'stack' }, element, el('p', {}, el('button', { type: 'submit', class: 'send' }, action)))
  const send = createSender(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(async () => {
      await giveName(input.value)
      await then()
    })
  })
  return form
}
