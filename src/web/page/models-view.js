// @ts-check
/** "Browse the models": one tab a model, its grid below. */
import { explain, fetchModels } from './api.js'
import { byId, el } from './dom.js'
import { renderBackground, renderGrid } from './models-grid.js'
import { modelHref } from './router.js'

/** @typedef {import('./api.js').ModelView} ModelView */

const SHAPES = {
  continuous: 'Every section has its own level.',
  staged: 'One ladder: a team stands on the highest step whose practices, and those of all lower steps, are in place.',
}

export function createModelsView() {
  const tabs = byId('model-tabs', HTMLElement)
  const content = byId('model-content', HTMLElement)
  let shown = 0

  return {
    /** @param {string | undefined} id the first model if absent */
    async show(id) {
      const own = ++shown
      try {
        const models = await fetchModels({ fresh: true })
        if (own !== shown) return
        const model = id === undefined ? models[0] : models.find((each) => each.id === id)
        const hadFocus = tabs.contains(document.activeElement)
        tabs.replaceChildren(...models.map((each) => renderTab(each, each === model)))
        if (hadFocus) /** @type {HTMLElement | null} */ (tabs.querySelector('[aria-current]'))?.focus()
        content.replaceChildren(...(model === undefined ? [el('p', {}, 'There is no such model. Choose one above.')] : renderModel(model)))
      } catch (error) {
        if (own !== shown) return
        const again = el('button', { type: 'button', class: 'quiet', onclick: () => this.show(id) }, 'Try again')
        content.replaceChildren(el('div', { class: 'failure' }, el('p', {}, explain(error)), again))
      }
    },
  }
}

/** @param {ModelView} model @param {boolean} current */
function renderTab({ id, shortTitle }, current) {
  return el('li', {}, el('a', { href: modelHref(id), 'aria-current': current && 'page' }, shortTitle))
}

/** @param {ModelView} model */
function renderModel(model) {
  const facts = [originOf(model), /^\d/.test(model.version) ? `Version ${model.version}` : model.version].filter((fact) => fact !== '')
  return [
    el('header', { class: 'about' }, el('h2', {}, model.title), el('p', { class: 'facts' }, facts.join(' · ')), el('p', {}, SHAPES[model.shape])),
    renderGrid(model),
    renderBackground(model),
    el('p', { class: 'license' }, model.license),
  ].filter((node) => node !== undefined)
}

/** An author's entry often names the publisher already. @param {ModelView} model */
function originOf({ author, publisher }) {
  if (author === null || publisher === null) return author ?? publisher ?? ''
  return author.includes(publisher) ? author : `${author}, ${publisher}`
}
