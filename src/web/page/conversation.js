// @ts-check
/** What was said so far. It lives in this page only and is gone when the page is closed. */

const TURNS_SENT = 6
/** The server reads requests up to 64 KB; the beginning of a turn says what it was about. */
const CHARACTERS_SENT = 2000

export function createConversation() {
  /** @type {string[]} */
  let turns = []
  return {
    /** @param {readonly string[]} said a question, and what its answer was about */
    add(said) {
      turns.push(...said)
    },
    /** The last turns, oldest first. */
    history: () => turns.slice(-TURNS_SENT).map((turn) => turn.slice(0, CHARACTERS_SENT).toWellFormed()),
    clear() {
      turns = []
    },
  }
}
