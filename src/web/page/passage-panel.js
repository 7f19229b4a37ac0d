// @ts-check
/** The panel beside the answer (on small screens: over it). Focus goes in with the passage and back to where it came from. */
import { explain, fetchModels, fetchPassage } from './api.js'
import { byId, el } from './dom.js'
import { renderPassage } from './passage-view.js'
import { closePassage } from './router.js'

/** Below this width the panel covers the page; panel.css uses the same number. */
const COVERS = '(max-width: 63.99rem)'

export function createPassagePanel() {
  const panel = byId('panel', HTMLElement)
  const content = byId('passage', HTMLElement)
  const behind = [byId('top', HTMLElement), byId('main', HTMLElement)]
  const covers = matchMedia(COVERS)
  /** @type {HTMLElement | undefined} What opened the panel, and gets the focus back. */
  let opener
  /** Answers that come late belong to a passage that was left. */
  let asked = 0

  const settle = () => {
    const modal = covers.matches && !panel.hidden
    for (const node of behind) node.inert = modal
    panel.setAttribute('role', modal ? 'dialog' : 'complementary')
    if (modal) panel.setAttribute('aria-modal', 'true')
    else panel.removeAttribute('aria-modal')
    document.body.classList.toggle('with-panel', !panel.hidden)
  }

  /** @param {HTMLElement} heading */
  const enter = (heading) => {
    content.parentElement?.scrollTo(0, 0)
    heading.focus({ preventScroll: true })
    content.querySelector('mark')?.scrollIntoView({ block: 'center' })
  }

  const remember = () => {
    const active = document.activeElement
    if (!(active instanceof HTMLElement) || active === document.body || panel.contains(active)) return
    delete opener?.dataset.open
    opener = active
    opener.dataset.open = ''
  }

  covers.addEventListener('change', settle)
  byId('close-panel', HTMLButtonElement).addEventListener('click', closePassage)
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing && !panel.hidden) closePassage()
  })

  return {
    /** @param {string} id @param {readonly string[]} quotes */
    async open(id, quotes) {
      remember()
      const own = ++asked
      try {
        const [passage, models] = await Promise.all([fetchPassage(id), fetchModels().catch(() => [])])
        if (own !== asked) return
        content.replaceChildren(
          ...renderPassage(
            passage,
            models.find((model) => model.id === passage.model),
            quotes,
          ),
        )
        document.title = `${passage.heading} – Cairn`
      } catch (error) {
        if (own !== asked) return
        content.replaceChildren(el('h2', { id: 'passage-heading', tabindex: -1 }, 'No passage to show'), el('p', {}, explain(error)))
      }
      panel.hidden = false
      settle()
      // The room got narrower: what was pressed may have moved out of sight.
      opener?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      enter(byId('passage-heading', HTMLElement))
    },

    close() {
      asked++
      if (panel.hidden) return
      panel.hidden = true
      settle()
      content.replaceChildren()
      if (opener === undefined) return
      delete opener.dataset.open
      // When the view changed meanwhile, the new view has the focus already.
      if (opener.checkVisibility()) opener.focus()
      opener = undefined
    },
  }
}
