// @ts-check
/** One question and what became of it: waiting, an answer that grows, the whole answer, or a failure with a way out. */
import { outcomeNote, renderFootnote, renderHeading, renderParts, renderSentence, renderSources } from './answer-view.js'
import { el, spoken } from './dom.js'

/** @typedef {import('../../answers/answer.ts').AnswerEvent} AnswerEvent */
/** @typedef {import('../../answers/answer.ts').Answer} Answer */
/** @typedef {import('./api.js').ModelView} ModelView */

const NONE_YET = new Map()

/** @param {string} question */
export function createTurn(question) {
  const heading = el('h2', { class: 'asked', tabindex: -1 }, spoken('You asked: '), question)
  const body = el('div', { class: 'answer' })
  const element = el('article', { class: 'turn' }, heading, body)
  /** @type {HTMLParagraphElement | undefined} The paragraph that grows. */
  let open

  return {
    element,
    focus: () => heading.focus({ preventScroll: true }),

    showWaiting() {
      open = undefined
      body.setAttribute('aria-busy', 'true')
      body.replaceChildren(el('p', { class: 'waiting' }, pile(), 'Looking through the passages…'))
    },

    /** @param {Exclude<AnswerEvent, { type: 'done' }>} event */
    grow(event) {
      body.querySelector('.waiting')?.remove()
      if (event.type === 'withdrawn') {
        open = undefined
        body.replaceChildren(el('p', { class: 'note' }, event.reason))
        return
      }
      if (event.type !== 'sentence' || open === undefined) {
        open = el('p')
        body.append(el('div', { class: 'part' }, event.type === 'heading' && renderHeading(event.text), open))
      }
      if (event.type !== 'sentence') return
      const sentence = renderSentence(event, NONE_YET)
      sentence.classList.add('new')
      open.append(sentence, ' ')
    },

    /** @param {Answer} answer @param {readonly ModelView[]} models */
    finish(answer, models) {
      const note = outcomeNote(answer.outcome)
      body.removeAttribute('aria-busy')
      body.dataset.outcome = answer.outcome
      body.replaceChildren(
        ...[
          note !== undefined && el('p', { class: 'note' }, note),
          ...renderParts(answer),
          renderSources(answer.citations, models),
          renderFootnote(answer),
        ].filter((node) => node !== undefined && node !== false),
      )
    },

    /** @param {string} message @param {() => void} retry */
    fail(message, retry) {
      body.removeAttribute('aria-busy')
      body.querySelector('.waiting')?.remove()
      const again = el('button', { type: 'button', class: 'quiet', onclick: retry }, 'Try again')
      body.append(el('div', { class: 'failure' }, el('p', {}, message), again))
    },
  }
}

function pile() {
  return el('span', { class: 'pile', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'))
}
