// @ts-check
/** The conversation: takes questions from the composer, streams answers into turns, remembers what was said. */
import { outcomeNote } from './answer-view.js'
import { explain, fetchModels, fetchSuggestions } from './api.js'
import { streamAnswer } from './ask-stream.js'
import { createComposer } from './composer.js'
import { createConversation } from './conversation.js'
import { byId, el } from './dom.js'
import { createTurn } from './turn.js'

/** @typedef {import('./ask-stream.js').Ask} Ask */

export function createChat() {
  const turns = byId('turns', HTMLElement)
  const welcome = byId('welcome', HTMLElement)
  const live = byId('live', HTMLElement)
  const restart = byId('restart', HTMLButtonElement)
  const conversation = createConversation()
  /** @type {AbortController | undefined} */
  let running

  const composer = createComposer({ onAsk: (question) => ask(question), onStop: () => running?.abort() })

  /** @param {string} question */
  function ask(question) {
    const turn = createTurn(question)
    const model = composer.model()
    welcome.hidden = true
    restart.hidden = false
    turns.append(turn.element)
    turn.element.scrollIntoView({ block: 'start' })
    void run(turn, { question, history: conversation.history(), ...(model === undefined ? {} : { model }) })
    return turn
  }

  /** @param {ReturnType<typeof createTurn>} turn @param {Ask} request */
  async function run(turn, request) {
    running?.abort()
    const own = new AbortController()
    running = own
    composer.setBusy(true)
    turn.showWaiting()
    live.textContent = 'Looking through the passages.'
    try {
      for await (const line of streamAnswer(request, own.signal)) {
        if (line.type !== 'done') {
          turn.grow(line)
          continue
        }
        turn.finish(line.answer, await fetchModels().catch(() => []))
        conversation.add(line.turns)
        live.textContent = [outcomeNote(line.answer.outcome), line.answer.text].filter(Boolean).join('. ')
      }
    } catch (error) {
      const message = own.signal.aborted ? 'Stopped.' : explain(error)
      live.textContent = message
      turn.fail(message, () => {
        turn.focus()
        void run(turn, request)
      })
    } finally {
      if (running === own) {
        running = undefined
        composer.setBusy(false)
      }
    }
  }

  function startOver() {
    running?.abort()
    conversation.clear()
    turns.replaceChildren()
    live.textContent = 'New conversation.'
    welcome.hidden = false
    restart.hidden = true
    composer.focus()
  }

  /** @param {readonly string[]} suggestions */
  function offer(suggestions) {
    const items = suggestions.map((text) => el('li', {}, el('button', { type: 'button', class: 'suggestion', onclick: () => ask(text).focus() }, text)))
    byId('suggestions', HTMLElement).replaceChildren(...items)
  }

  restart.addEventListener('click', startOver)
  // Without them the page is poorer but works: the question itself will show what is wrong.
  fetchSuggestions().then(offer, () => {})
  fetchModels().then(
    (models) => composer.offerModels(models),
    () => {},
  )
}
