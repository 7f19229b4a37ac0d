/** What is different, in one line, however it came. */
import { figureText, type LevelFigure } from '../../assessments/level-figure.ts'
import { sayCoverage, sayFew, sayStanding } from '../../assessments/results-wording.ts'
import type { TeamSection } from '../../assessments/team-sections.ts'
import { type ChangedLevel, type DigestContent, type DigestModel, itemOf } from './digest-content.ts'
import { type DigestLine, line, strong, words } from './digest-text.ts'

const MOST = 4

export function changesLine(content: DigestContent): DigestLine[] {
  const { model } = content
  const first = itemOf(content, 'first-assessment')
  const changed = itemOf(content, 'changed')
  const reached = itemOf(content, 'targets-reached')
  if (model === undefined || (first ?? changed ?? reached) === undefined) return []
  const said = [
    ...(first === undefined ? [] : [`${first.headline} ${sayCoverage(first.coverage)}.`]),
    ...(changed === undefined ? [] : [`${sayList(changed.sections.map((section) => sayChange(section, model)))}.`]),
    ...(reached === undefined
      ? []
      : [
          `Target reached: ${sayFew(
            reached.sections.map(({ label, target }) => `${label} (${target})`),
            MOST,
          )}.`,
        ]),
  ]
  const lead = first === undefined ? (changed === undefined ? [] : [strong('Changed: ')]) : [strong(`First assessed by ${model.shortTitle}: `)]
  return [line('changes', [...lead, words(said.join(' '))], [{ kind: 'show-results', model: model.id }])]
}

function sayList(changes: readonly string[]): string {
  return changes.length > MOST ? `${changes.slice(0, MOST).join('; ')}; and ${changes.length - MOST} more` : changes.join('; ')
}

function sayChange({ label, before, now, state, direction }: ChangedLevel, model: DigestModel): string {
  if (before === undefined) return `${label} is now known, ${sayLevel({ level: now, state }, model)}`
  const was = sayLevel({ level: before, state }, model)
  if (now === undefined) return `${label} was ${was}, now ${sayLevel({ level: now, state }, model)}`
  return `${label} ${direction} from ${was} to ${sayLevel({ level: now, state }, model)}`
}

/** "level 2", "no phase yet", or why there is none. */
export function sayLevel({ level, state }: { level: LevelFigure | undefined; state: TeamSection['state'] }, { levelWord }: DigestModel): string {
  if (level === undefined) return sayStanding({ state }, { levelWord, levels: [] })
  return level === 0 ? `no ${levelWord.toLowerCase()} yet` : `${levelWord.toLowerCase()} ${figureText(level)}`
}
