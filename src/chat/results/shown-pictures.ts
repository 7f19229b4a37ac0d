/** The pictures of a team's results, as files that every platform takes. */
import { drawPicture, KINDS } from '../../assessments/result-pictures.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { ShownPicture } from '../reply.ts'
import { fileName } from './file-name.ts'

/** The profile, and what has changed from two assessments on. */
export function picturesOf(team: string, results: ModelResults): ShownPicture[] {
  return KINDS.flatMap((kind) => {
    const picture = drawPicture(kind, team, results)
    if (picture === undefined) return []
    const { title, alt } = picture
    return [{ title, alt, file: fileName(`${team} ${results.model} ${kind}`, 'png'), png: (longestSide) => picture.png('light', longestSide) }]
  })
}
