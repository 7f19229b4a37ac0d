// @ts-check
/** "Assess": shows the screen that the address names, and gives the focus to its heading. */
import { explain } from '../api.js'
import { byId, el } from '../dom.js'
import { showEntry } from '../sign-in/enter-screen.js'
import { focusHeading } from './focus.js'
import { showRound } from './round-screen.js'
import { showRun } from './run-screen.js'
import { sentence } from './sender.js'
import { showStart } from './start-screen.js'
import { showTeam } from './team-screen.js'

/** @typedef {import('../router.js').AssessPlace} AssessPlace */
/**
 * What a screen is given. `isShown` says whether the person is still there: what comes late is for nobody.
 * @typedef {{ host: HTMLElement, say: (text: string) => void, isShown: () => boolean }} Screen
 */

export function createAssessView() {
  const host = byId('assess-content', HTMLElement)
  const live = byId('assess-live', HTMLElement)
  let visit = 0

  return {
    /** @param {AssessPlace} place */
    async show(place) {
      const own = ++visit
      const isShown = () => own === visit
      /** @type {Screen} */
      const screen = { host, isShown, say: (text) => (live.textContent = text) }
      live.textContent = ''
      host.setAttribute('aria-busy', 'true')
      if (host.childElementCount === 0) host.append(el('p', { class: 'hint' }, 'One moment…'))
      try {
        await render(place, screen)
      } catch (error) {
        if (!isShown()) return
        const again = el('button', { type: 'button', class: 'quiet', onclick: () => this.show(place) }, 'Try again')
        const back = el('a', { href: '#/assess' }, 'Back to the start')
        host.replaceChildren(
          el('h1', { tabindex: -1 }, 'This cannot be shown'),
          el('div', { class: 'failure', role: 'alert' }, el('p', {}, sentence(explain(error))), again),
          el('p', {}, back),
        )
      } finally {
        if (isShown()) host.removeAttribute('aria-busy')
      }
      if (!isShown()) return
      window.scrollTo(0, 0)
      focusHeading(host)
    },
    leave() {
      visit++
    },
  }
}

/** @param {AssessPlace} place @param {Screen} screen */
function render(place, screen) {
  switch (place.page) {
    case 'enter':
      return showEntry(screen, place.code, place.team)
    case 'start':
      return showStart(screen, place.team)
    case 'run':
      return showRun(screen, place.id)
    case 'round':
      return showRound(screen, place.id)
    case 'team':
      return showTeam(screen, place.id, place.model)
  }
}
