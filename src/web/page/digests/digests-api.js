// @ts-check
/** The routes of a team's digests, and the types of what they give. */
import { getJson, postJson } from '../api.js'
import { teamPath } from '../assess/assess-api.js'

/** @typedef {import('../../digests/digest-view.ts').DigestsView} DigestsView */
/** @typedef {import('../../digests/digest-view.ts').DigestView} DigestView */
/** @typedef {import('../../digests/digest-view.ts').PreviewView} PreviewView */
/** @typedef {import('../../digests/digest-view.ts').UnderstoodView} UnderstoodView */
/** What is filled in. @typedef {{ kind: DigestView['kind'], when: string, zone: string, place: string | null, model: string | null, sendWhenEmpty: boolean }} Wish */
/** What is to be read: a digest, or one that nobody has set up. @typedef {{ digest: string } | { kind: string, model: string | null }} Wanted */

/** @param {string} team @returns {Promise<DigestsView>} */
export const fetchDigests = (team) => getJson(`${teamPath(team)}/digests`)

/** @param {string} team @param {Wish} wish @param {string} [digest] the one that is changed @returns {Promise<DigestsView>} */
export const saveDigest = (team, wish, digest) => postJson(digest === undefined ? `${teamPath(team)}/digests` : digestPath(team, digest), wish)

/** @param {string} team @param {string} digest @param {boolean} paused @returns {Promise<DigestsView>} */
export const pauseDigest = (team, digest, paused) => postJson(`${digestPath(team, digest)}/pause`, { paused })

/** @param {string} team @param {string} digest @returns {Promise<DigestsView>} */
export const deleteDigest = (team, digest) => postJson(`${digestPath(team, digest)}/delete`)

/** @param {string} team @param {boolean} agreed @returns {Promise<DigestsView>} */
export const setAgreed = (team, agreed) => postJson(`${teamPath(team)}/digests/agreement`, { agreed })

/** @param {string} team @param {{ when: string, zone: string }} wish @returns {Promise<UnderstoodView & { assumed: string[] }>} */
export const understandDays = (team, { when, zone }) => postJson(`${teamPath(team)}/digests/days`, { when, zone })

/** @param {string} team @param {Wanted} wanted @returns {Promise<PreviewView>} */
export const fetchPreview = (team, wanted) => getJson(`${teamPath(team)}/digests/preview?${query(wanted)}`)

/** @param {string} team @param {Wanted} wanted @param {'svg' | 'png'} format */
export const pictureAddress = (team, wanted, format) => `${teamPath(team)}/digests/picture.${format}?${query(wanted)}`

/** @param {string} team @param {string} digest */
function digestPath(team, digest) {
  return `${teamPath(team)}/digests/${encodeURIComponent(digest)}`
}

/** @param {Wanted} wanted */
function query(wanted) {
  if ('digest' in wanted) return `digest=${encodeURIComponent(wanted.digest)}`
  return `kind=${wanted.kind}${wanted.model === null ? '' : `&model=${encodeURIComponent(wanted.model)}`}`
}
