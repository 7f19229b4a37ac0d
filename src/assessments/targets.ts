/** The levels that a team wants to reach: chosen section by section, never assumed. */
import type { Corpus } from '../corpus/passage.ts'
import { UserError } from '../shared/errors.ts'
import { catalogueOf } from './catalogue.ts'
import { sectionsOf } from './profile.ts'
import type { Target } from './records.ts'

/** @throws UserError when the model has no such section, or the section no such level */
export function checkTarget({ model, section, level }: Pick<Target, 'model' | 'section' | 'level'>, corpus: Corpus): void {
  const sections = sectionsOf(catalogueOf({ model, extent: 'full' }, corpus))
  const found = sections.find((each) => each.section === section)
  if (found === undefined)
    throw new UserError(`the model "${model}" has no section "${section}" to aim at: use one of ${sections.map((each) => each.section).join(', ')}`)
  if (!found.levels.includes(level)) throw new UserError(`${model}/${section} has no level ${level} to aim at: use one of ${found.levels.join(', ')}`)
}
