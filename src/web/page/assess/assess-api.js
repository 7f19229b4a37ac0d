// @ts-check
/** The routes of assessments, and the types of what they give. */
import { getJson, postJson } from '../api.js'

/** @typedef {import('../../assess/turn-view.ts').TurnView} TurnView */
/** @typedef {import('../../assess/turn-view.ts').GivenView} GivenView */
/** @typedef {import('../../../assessments/offers.ts').Offer} OfferView */
/** @typedef {import('../../../assessments/offers.ts').OfferedScope} ScopeView */
/** @typedef {import('../../assess/run-routes.ts').OpenRunView} OpenRunView */
/** @typedef {import('../../assess/people-routes.ts').MeView} MeView */
/** @typedef {import('../../assess/people-routes.ts').TeamView} TeamView */
/** @typedef {import('../../assess/results-view.ts').ResultsView} ResultsView */
/** @typedef {import('../../assess/results-view.ts').ModelResultsView} ModelResultsView */
/** @typedef {import('../../assess/results-view.ts').SectionView} SectionView */
/** @typedef {import('../../assess/figures-view.ts').FiguresView} FiguresView */
/** @typedef {import('../../assess/figures-view.ts').EndView} EndView */
/** @typedef {import('../../assess/figures-view.ts').WhyView} WhyView */
/** @typedef {import('../../assess/results-view.ts').ActionView} ActionView */
/** @typedef {import('../../assess/round-routes.ts').RoundView} RoundView */
/** @typedef {import('../../assess/round-routes.ts').RoundResultsView} RoundResultsView */
/** @typedef {import('../../assess/picture-routes.ts').ComparisonView} ComparisonView */
/** @typedef {import('../../../assessments/catalogue.ts').Question} Question */
/** @typedef {import('../../../assessments/records.ts').AnswerValue} AnswerValue */
/** @typedef {import('../../../assessments/records.ts').Scope} Scope */
/** @typedef {import('../../../assessments/next-steps.ts').Step} Step */

/** @param {string} id */
export const teamPath = (id) => `/api/teams/${encodeURIComponent(id)}`
/** @param {string} id */
export const runPath = (id) => `/api/runs/${encodeURIComponent(id)}`
/** @param {string} id */
export const roundPath = (id) => `/api/rounds/${encodeURIComponent(id)}`

/** @returns {Promise<MeView>} who this browser's person is */
export const fetchMe = () => getJson('/api/me')

/** @param {string} name */
export const giveName = (name) => postJson('/api/me', { name })

/** @returns {Promise<OfferView[]>} */
export async function fetchOffers() {
  return (await getJson('/api/offers')).offers
}

/** @returns {Promise<{ id: string, name: string }[]>} */
export async function fetchTeams() {
  return (await getJson('/api/teams')).teams
}

/** @returns {Promise<OpenRunView[]>} */
export async function fetchOpenRuns() {
  return (await getJson('/api/runs')).runs
}

const KEY_BYTES = 12

/** Goes with one press: sent twice, it counts once. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
