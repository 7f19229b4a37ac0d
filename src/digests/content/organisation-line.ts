/** Which teams are in it, and what moved in all of them together. */
import { sayFew } from '../../assessments/results-wording.ts'
import { type DigestContent, itemOf } from './digest-content.ts'
import { type DigestLine, line, strong, words } from './digest-text.ts'

const MOST_TEAMS = 12

export function organisationLine(content: DigestContent): DigestLine[] {
  if (content.digest.kind !== 'organisation') return []
  const found = itemOf(content, 'organisation')
  if (found === undefined) return [line('organisation', [words('No team that agreed to be shown here has results yet.')])]
  const { chosen, without, up, down, firstAssessed } = found
  const names = (teams: readonly { name: string }[]) =>
    sayFew(
      teams.map(({ name }) => name),
      MOST_TEAMS,
    )
  const { teams } = content
  const moved = [
    ...(up === 0 ? [] : [`${sections(up)} up`]),
    ...(down === 0 ? [] : [`${sections(down)} down`]),
    ...(firstAssessed === 0 ? [] : [`${firstAssessed === 1 ? '1 team' : `${firstAssessed} teams`} assessed for the first time`]),
  ]
  return [
    ...(moved.length === 0 ? [] : [line('organisation', [strong('Changed, all teams together: '), words(`${moved.join(', ')}.`)])]),
    line('organisation', [
      strong('Shown: '),
      words(
        [
          teams.length === 0 ? 'no team.' : `${names(teams)}, by name.`,
          ...(without.length === 0 ? [] : [`No results yet: ${names(without)}.`]),
          ...(teams.length === chosen ? [] : [`${teams.length} of ${chosen} teams agreed to be shown.`]),
        ].join(' '),
      ),
    ]),
  ]
}

function sections(count: number): string {
  return count === 1 ? '1 section' : `${count} sections`
}
