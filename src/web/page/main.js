// @ts-check
/** Puts the page together: the chat, the models, the panel, and the address that says which of them shows. */
import { createChat } from './chat.js'
import { byId } from './dom.js'
import { createModelsView } from './models-view.js'
import { createPassagePanel } from './passage-panel.js'
import { startRouter } from './router.js'

const main = byId('main', HTMLElement)
const chatView = byId('chat', HTMLElement)
const modelsView = byId('models', HTMLElement)
const modelsHeading = byId('models-heading', HTMLElement)
const links = { chat: byId('to-chat', HTMLAnchorElement), models: byId('to-models', HTMLAnchorElement) }
const models = createModelsView()
const panel = createPassagePanel()

/** @type {string | undefined} */
let shown
createChat()

startRouter({
  onView(view) {
    document.title = view.kind === 'models' ? 'The models – Cairn' : 'Cairn'
    const name = view.kind === 'models' ? `models/${view.model ?? ''}` : 'chat'
    if (shown === name) return
    const turned = shown !== undefined && (shown === 'chat') !== (name === 'chat')
    shown = name
    chatView.hidden = view.kind !== 'chat'
    modelsView.hidden = view.kind !== 'models'
    for (const [kind, link] of Object.entries(links)) {
      if (kind === view.kind) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
    if (view.kind === 'models') void models.show(view.model)
    if (!turned) return
    window.scrollTo(0, 0)
    if (view.kind === 'models') modelsHeading.focus({ preventScroll: true })
  },
  onPassage: (id, quotes) => void panel.open(id, quotes),
  onNoPassage: () => panel.close(),
})

byId('skip', HTMLAnchorElement).addEventListener('click', (event) => {
  // The address belongs to the router.
  event.preventDefault()
  main.focus()
})
