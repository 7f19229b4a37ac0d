/** How the ids of people look in Teams: a directory's object id, or Teams' own. Nobody is mentioned by anything else. */

const DIRECTORY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const TEAMS_ID = /^(?:29|8:orgid):[\w.:-]{1,250}$/i

export function isPerson(id: string): boolean {
  return DIRECTORY_ID.test(id) || TEAMS_ID.test(id)
}
