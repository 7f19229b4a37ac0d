// @ts-check
/** A link to send to others, with a button that copies it where the browser allows that. */
import { el } from '../dom.js'

/** @param {string} id @param {string} label @param {string} hash */
export function copyLink(id, label, hash) {
  const field = el('input', { id, class: 'field', readonly: true, value: `${location.origin}/${hash}`, onfocus: () => field.select() })
  const copied = el('span', { role: 'status', class: 'hint' })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(field.value)
      copied.textContent = 'Copied.'
    } catch {
      // Without TLS there is no clipboard: selected, it can be copied by hand.
      field.select()
      copied.textContent = 'Copy it from the field.'
    }
  }
  return el(
    'div',
    { class: 'labelled' },
    el('label', { for: id }, label),
    el('div', { class: 'inline' }, field, el('button', { type: 'button', class: 'quiet', onclick: () => void copy() }, 'Copy'), copied),
  )
}
