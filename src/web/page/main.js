// @ts-check
/** Puts the page together: the chat, assessments, the models, the panel, and the address that says which of them shows. */
import { createAssessView } from './assess/assess-view.js'
import { createChat } from './chat.js'
import { byId } from './dom.js'
import { createModelsView } from './models-view.js'
import { createPassagePanel } from './passage-panel.js'
import { startRouter } from './router.js'

const main = byId('main', HTMLElement)
const views = { chat: byId('chat', HTMLElement), assess: byId('assess', HTMLElement), models: byId('models', HTMLElement) }
const modelsHeading = byId('models-heading', HTMLElement)
const links = { chat: byId('to-chat', HTMLAnchorElement), assess: byId('to-assess', HTMLAnchorElement), models: byId('to-models', HTMLAnchorElement) }
const titles = { chat: 'Cairn', assess: 'Assess – Cairn', models: 'The models – Cairn' }
const models = createModelsView()
const assess = createAssessView()
const panel = createPassagePanel()

/** @type {string | undefined} The address of the view, without a passage. */
let shown
/** @type {string | undefined} */
let shownKind
createChat()

startRouter({
  onView(view) {
    document.title = titles[view.kind]
    const name = JSON.stringify(view)
    if (shown === name) return
    const turned = shownKind !== undefined && shownKind !== view.kind
    shown = name
    shownKind = view.kind
    for (const [kind, section] of Object.entries(views)) section.hidden = kind !== view.kind
    for (const [kind, link] of Object.entries(links)) {
      if (kind === view.kind) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
    if (view.kind === 'models') void models.show(view.model)
    if (view.kind === 'assess') void assess.show(view)
    else assess.leave()
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
