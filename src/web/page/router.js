// @ts-check
/**
 * The address names what is shown: `#/` the chat, `#/models/<model>` the models, `#/passage/<id>` a passage beside either.
 * The sentences to highlight travel in the history entry, so that going back and forth keeps them.
 */

/** @typedef {{ kind: 'chat' } | { kind: 'models', model: string | undefined }} View */
/** @typedef {View | { kind: 'passage', id: string }} Place */
/** @typedef {{ onView: (view: View) => void, onPassage: (id: string, quotes: string[]) => void, onNoPassage: () => void }} Listener */

/** @type {View} */
let underneath = { kind: 'chat' }
/** @type {Listener | undefined} */
let listener

/** @param {Listener} given */
export function startRouter(given) {
  listener = given
  window.addEventListener('hashchange', follow)
  follow()
}

/** @param {string} id @param {readonly string[]} [quotes] */
export function openPassage(id, quotes = []) {
  go(passageHref(id), { quotes: [...quotes] })
}

/** Back to what lies under the passage. */
export function closePassage() {
  go(underneath.kind === 'chat' ? '#/' : modelHref(underneath.model))
}

/** @param {string} id */
export function passageHref(id) {
  return `#/passage/${id.split('/').map(encodeURIComponent).join('/')}`
}

/** @param {string | undefined} model */
export function modelHref(model) {
  return model === undefined ? '#/models' : `#/models/${encodeURIComponent(model)}`
}

/** @param {string} hash @param {{ quotes: string[] } | null} [state] */
function go(hash, state = null) {
  if (hash === location.hash) history.replaceState(state, '', hash)
  else history.pushState(state, '', hash)
  follow()
}

function follow() {
  const place = parse(location.hash)
  if (place.kind === 'passage') {
    listener?.onView(underneath)
    listener?.onPassage(place.id, history.state?.quotes ?? [])
    return
  }
  underneath = place
  // First, because a panel that covers the page keeps the focus from the view.
  listener?.onNoPassage()
  listener?.onView(place)
}

/** @param {string} hash @returns {Place} */
function parse(hash) {
  const [kind, ...rest] = hash.replace(/^#\//, '').split('/').map(decode)
  if (kind === 'passage' && rest.length > 0) return { kind, id: rest.join('/') }
  if (kind === 'models') return { kind, model: rest[0] }
  return { kind: 'chat' }
}

/** @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    // A hand-typed "%" that encodes nothing means itself.
    return part
  }
}
