// @ts-check
/** The server's routes, but for the streamed answers. Every failure becomes an ApiError whose message can be shown. */

/** @typedef {import('../corpus-views.ts').ModelView} ModelView */
/** @typedef {import('../corpus-views.ts').PassageView} PassageView */

const STARTING = 503
const RETRY_MS = 1500
const MAX_TRIES = 20

export class ApiError extends Error {
  /** @type {number | undefined} Of the response. */
  status
}

/** @returns {Promise<string[]>} */
export async function fetchSuggestions() {
  return (await getJson('/api/suggestions')).suggestions
}

/** @param {string} id @returns {Promise<PassageView>} */
export function fetchPassage(id) {
  return getJson(`/api/passages/${id.split('/').map(encodeURIComponent).join('/')}`)
}

/** @type {Promise<ModelView[]> | undefined} */
let loaded

/** @param {{ fresh?: boolean }} [options] `fresh` asks again: a team's model files may have changed */
export function fetchModels({ fresh = false } = {}) {
  if (fresh || loaded === undefined) {
    const asked = getJson('/api/models').then((answer) => /** @type {ModelView[]} */ (answer.models))
    // A failure is not kept: the next caller tries again.
    asked.catch(() => {
      if (loaded === asked) loaded = undefined
    })
    loaded = asked
  }
  return loaded
}

/**
 * The sentence in which the server says what went wrong.
 * @param {Response} response
 */
export async function errorOf(response) {
  const body = await response.json().catch(() => undefined)
  const error = new ApiError(typeof body?.error === 'string' ? body.error : `The server answered with status ${response.status}. Try again.`)
  error.status = response.status
  return error
}

/** @param {unknown} error */
export function explain(error) {
  return error instanceof ApiError ? error.message : 'Cairn cannot be reached. Check that it is running, then try again.'
}

/**
 * Sends once: whether it arrived is not known after a failure, so trying again is the person's decision.
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function postJson(path, body = {}) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw await errorOf(response)
  return response.json()
}

/** @param {string} path @returns {Promise<any>} */
export async function getJson(path) {
  for (let tries = 1; ; tries++) {
    const response = await fetch(path)
    if (response.ok) return response.json()
    if (response.status !== STARTING || tries === MAX_TRIES) throw await errorOf(response)
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}
