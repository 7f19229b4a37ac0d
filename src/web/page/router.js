// @ts-check
/**
 * The address names what is shown: `#/` the chat, `#/models/<model>` the models, `#/assess…` and `#/round/<id>` assessments,
 * `#/enter/<code>` what a link from a chat opens, `#/passage/<id>` a passage beside any of them.
 * The sentences to highlight travel in the history entry, so that going back and forth keeps them.
 */

/** @typedef {{ kind: 'assess' } & ({ page: 'start', team: string | undefined } | { page: 'run', id: string } | { page: 'round', id: string } | { page: 'team', id: string, model: string | undefined } | { page: 'enter', code: string, team: string | undefined })} AssessPlace */
/** @typedef {{ kind: 'chat' } | { kind: 'models', model: string | undefined } | AssessPlace} View */
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
  go(hrefOf(underneath))
}

/** @param {string} id */
export function passageHref(id) {
  return `#/passage/${id.split('/').map(encodeURIComponent).join('/')}`
}

/** @param {string | undefined} model */
export function modelHref(model) {
  return model === undefined ? '#/models' : `#/models/${encodeURIComponent(model)}`
}

/** Where an assessment begins, for a team or any. @param {string} [team] */
export function startHref(team) {
  return team === undefined ? '#/assess' : `#/assess/start/${encodeURIComponent(team)}`
}

/** @param {string} id */
export function runHref(id) {
  return `#/assess/run/${encodeURIComponent(id)}`
}

/** @param {string} id @param {string} [model] */
export function teamHref(id, model) {
  return `#/assess/team/${encodeURIComponent(id)}${model === undefined ? '' : `/${encodeURIComponent(model)}`}`
}

/** The link that invites to a round. @param {string} id */
export function roundHref(id) {
  return `#/round/${encodeURIComponent(id)}`
}

/** A link from a chat. @param {string} code @param {string | undefined} team */
function entryHref(code, team) {
  return `#/enter/${encodeURIComponent(code)}${team === undefined ? '' : `/${encodeURIComponent(team)}`}`
}

/** To another view, as a link would. @param {string} hash */
export function goTo(hash) {
  go(hash)
}

/** @param {View} view */
function hrefOf(view) {
  if (view.kind === 'chat') return '#/'
  if (view.kind === 'models') return modelHref(view.model)
  if (view.page === 'start') return startHref(view.team)
  if (view.page === 'run') return runHref(view.id)
  if (view.page === 'enter') return entryHref(view.code, view.team)
  return view.page === 'round' ? roundHref(view.id) : teamHref(view.id, view.model)
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
  if (kind === 'round' && rest[0] !== undefined) return { kind: 'assess', page: 'round', id: rest[0] }
  if (kind === 'enter' && rest[0] !== undefined) return { kind: 'assess', page: 'enter', code: rest[0], team: rest[1] }
  if (kind === 'assess') return parseAssess(rest)
  return { kind: 'chat' }
}

/** @param {string[]} path @returns {View} */
function parseAssess([page, id, model]) {
  if (page === 'run' && id !== undefined) return { kind: 'assess', page, id }
  if (page === 'team' && id !== undefined) return { kind: 'assess', page, id, model }
  return { kind: 'assess', page: 'start', team: page === 'start' ? id : undefined }
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
