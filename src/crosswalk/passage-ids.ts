/** Takes the id of a level passage apart; the crosswalk names passages by nothing else. */

export interface LevelPlace {
  model: string
  section: string
  level: number
}

/** Model, section (which may hold slashes) and level. */
export const LEVEL_PASSAGE = /^([^/\s]+)\/(\S+)\/([1-9]\d*)$/

/** @throws RangeError for what is not the id of a level passage */
export function parsePassageId(id: string): LevelPlace {
  const [, model, section, level] = LEVEL_PASSAGE.exec(id) ?? []
  if (model === undefined || section === undefined) throw new RangeError(`"${id}" is not the id of a level passage`)
  return { model, section, level: Number(level) }
}
