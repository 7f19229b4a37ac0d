// @ts-check
/** Dates, counts and lists as people say them. */

/** @param {string} iso */
export function day(iso) {
  return new Date(iso).toLocaleDateString('en', { dateStyle: 'medium' })
}

/** @param {string} iso */
export function moment(iso) {
  return new Date(iso).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })
}

/** @param {number} count @param {string} word */
export function count(count, word) {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** @param {number} count */
export function people(count) {
  return count === 1 ? '1 person' : `${count} people`
}

/** "Ada, Bob and Cleo" @param {readonly string[]} items */
export function list(items) {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** For a field of the type datetime-local, so many days from now at five in the afternoon. @param {number} days */
export function inDays(days) {
  const date = new Date()
  date.setDate(date.getDate() + days)
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T17:00`
}
