// @ts-check
/** Sends what was pressed: meanwhile nothing else can be, and a failure leaves everything as it was, with the reason beside it. */
import { explain } from '../api.js'
import { el } from '../dom.js'

/**
 * @param {HTMLElement} host whose buttons wait
 * @returns {(work: () => Promise<void>) => Promise<void>}
 */
export function createSender(host) {
  let busy = false
  return async (work) => {
    if (busy) return
    busy = true
    host.querySelector('.failure')?.remove()
    const buttons = [...host.querySelectorAll('button')]
    host.setAttribute('aria-busy', 'true')
    // Not `disabled`: what was pressed keeps the focus.
    for (const button of buttons) button.setAttribute('aria-disabled', 'true')
    try {
      await work()
    } catch (error) {
      host.append(el('div', { class: 'failure', role: 'alert' }, el('p', {}, sentence(explain(error)))))
    } finally {
      busy = false
      host.removeAttribute('aria-busy')
      for (const button of buttons) button.removeAttribute('aria-disabled')
    }
  }
}

/** The server's sentences are also lines of a terminal, which begin small. @param {string} text */
export function sentence(text) {
  const line = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(line) ? line : `${line}.`
}
