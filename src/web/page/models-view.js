// @ts-check
/** "Browse the models": one tab a model, its grid below; imported documents share the last tab. */
import { explain, fetchModels } from './api.js'
import { byId, el } from './dom.js'
import { renderBackground, renderDocument, renderGrid } from './models-grid.js'
import { modelHref } from './router.js'

/** @typedef {import('./api.js').ModelView} ModelView */

/** The tab of all documents; a model of that id would come first. */
const DOCUMENTS = 'documents'

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
        const all = await fetchModels({ fresh: true })
        if (own !== shown) return
        const models = all.filter(({ kind }) => kind === 'model')
        const documents = all.filter(({ kind }) => kind === 'document')
        const model = id === undefined ? models[0] : all.find((each) => each.id === id)
        const isDocuments = model?.kind === 'document' || (model === undefined && id === DOCUMENTS && documents.length > 0)
        const hadFocus = tabs.contains(document.activeElement)
        tabs.replaceChildren(
          ...models.map((each) => renderTab(each, each === model)),
          ...(documents.length === 0 ? [] : [renderTab({ id: DOCUMENTS, shortTitle: 'Documents' }, isDocuments)]),
        )
        if (hadFocus) /** @type {HTMLElement | null} */ (tabs.querySelector('[aria-current]'))?.focus()
        content.replaceChildren(...renderContent(model, isDocuments ? documents : []))
      } catch (error) {
        if (own !== shown) return
        const again = el('button', { type: 'button', class: 'quiet', onclick: () => this.show(id) }, 'Try again')
        content.replaceChildren(el('div', { class: 'failure' }, el('p', {}, explain(error)), again))
      }
    },
  }
}

/** One model or document, or without one the given documents. @param {ModelView | undefined} model @param {readonly ModelView[]} documents */
function renderContent(model, documents) {
  if (model?.kind === 'model') return renderModel(model)
  const shown = model === undefined ? documents : [model]
  return shown.length === 0 ? [el('p', {}, 'There is no such model. Choose one above.')] : shown.map(renderDocument)
}

/** @param {Pick<ModelView, 'id' | 'shortTitle'>} model @param {boolean} current */
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
