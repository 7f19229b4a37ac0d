/** The one picture of a digest: what moved where something did, else where the team stands. */
import { drawPicture } from '../../assessments/result-pictures.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { Picture } from '../../pictures/picture.ts'

/** @param changed sections, to be drawn before others where not all have room */
export function digestPicture(team: string, results: ModelResults, changed: readonly string[]): Picture | undefined {
  const moved = changed.length === 0 ? undefined : drawPicture('trend', team, changedFirst(results, changed))
  return moved ?? drawPicture('ladder', team, results) ?? drawPicture('radar', team, results)
}

function changedFirst(results: ModelResults, changed: readonly string[]): ModelResults {
  const { sections } = results.trend
  const isChanged = ({ section }: { section: string }) => changed.includes(section)
  return { ...results, trend: { ...results.trend, sections: [...sections.filter(isChanged), ...sections.filter((each) => !isChanged(each))] } }
}
