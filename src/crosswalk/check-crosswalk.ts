/** Holds the crosswalk to its form: whole, without contradiction, and never crossing levels. */
import { relative } from 'node:path'
import type { Passage } from '../corpus/passage.ts'
import type { Problem } from '../corpus/problem.ts'
import type { CrosswalkEntry, CrosswalkGap } from './crosswalk.ts'
import { loadCrosswalk } from './load-crosswalk.ts'
import { parsePassageId } from './passage-ids.ts'

/** Shorter says nothing, longer is not read. */
const REASON_LENGTH = { min: 30, max: 280 }

/**
 * @param passages those of the models that the crosswalk must cover
 * @throws UserError when the directory can't be read or a file is not in form
 */
export async function checkCrosswalk(directory: string, passages: readonly Passage[]): Promise<Problem[]> {
  const data = await loadCrosswalk(directory)
  const levels = passages.filter((passage) => passage.level !== null)
  const known = new Set(levels.map(({ id }) => id))
  const unknown = [...data.correspondences.flatMap((entry) => unknownIn(entry, known)), ...data.none.flatMap((gap) => unknownOf(gap, levels))]
  const entries = data.correspondences.filter(({ a, b }) => known.has(a) && known.has(b))
  return [
    ...unknown,
    ...sameModel(entries),
    ...duplicates(entries),
    ...reasons([...data.correspondences, ...data.none]),
    ...coverage(levels, entries, data.none, relative(process.cwd(), directory)),
    ...crossings(entries),
  ]
}

const at = ({ file, line }: CrosswalkEntry | CrosswalkGap, reason: string): Problem => ({ file, line, reason })

function unknownIn(entry: CrosswalkEntry, known: ReadonlySet<string>): Problem[] {
  return [entry.a, entry.b].filter((id) => !known.has(id)).map((id) => at(entry, `there is no level passage ${id}`))
}

function unknownOf(gap: CrosswalkGap, levels: readonly Passage[]): Problem[] {
  const places = new Set(levels.flatMap(({ id, model, section }) => [id, `${model}/${section}`]))
  return [
    ...gap.of.filter((place) => !places.has(place)).map((place) => at(gap, `there is no section or level passage ${place}`)),
    ...(levels.some(({ model }) => model === gap.in) ? [] : [at(gap, `there is no model ${gap.in}`)]),
  ]
}

function sameModel(entries: readonly CrosswalkEntry[]): Problem[] {
  return entries
    .filter(({ a, b }) => parsePassageId(a).model === parsePassageId(b).model)
    .map((entry) => at(entry, `${entry.a} and ${entry.b} belong to the same model`))
}

function duplicates(entries: readonly CrosswalkEntry[]): Problem[] {
  const pairs = Map.groupBy(entries, ({ a, b }) => [a, b].sort().join(' and '))
  return [...pairs].flatMap(([pair, [, ...again]]) => again.map((entry) => at(entry, `${pair} are paired twice`)))
}

function reasons(all: readonly (CrosswalkEntry | CrosswalkGap)[]): Problem[] {
  const { min, max } = REASON_LENGTH
  const sizes = all
    .filter(({ reason }) => reason.length < min || reason.length > max)
    .map((each) => at(each, `the reason has ${each.reason.length} characters: write ${min} to ${max}`))
  const doubles = [...Map.groupBy(all, ({ reason }) => reason).values()].flatMap(([, ...again]) =>
    again.map((each) => at(each, `the reason stands twice: "${each.reason}"`)),
  )
  return [...sizes, ...doubles]
}

/** Every level passage has an entry or a stated gap to every other model, and never both. */
function coverage(levels: readonly Passage[], entries: readonly CrosswalkEntry[], gaps: readonly CrosswalkGap[], directory: string): Problem[] {
  const models = [...new Set(levels.map(({ model }) => model))]
  const paired = new Set(entries.flatMap(({ a, b }) => [`${a} ${parsePassageId(b).model}`, `${b} ${parsePassageId(a).model}`]))
  const empty = new Map(gaps.flatMap((gap) => gap.of.map((place) => [`${place} ${gap.in}`, gap])))
  return levels.flatMap(({ id, model, section }) =>
    models
      .filter((other) => other !== model)
      .flatMap((other): Problem[] => {
        const gap = empty.get(`${id} ${other}`) ?? empty.get(`${model}/${section} ${other}`)
        const isPaired = paired.has(`${id} ${other}`)
        if (isPaired && gap !== undefined) return [at(gap, `${id} corresponds to something in ${other}, so it can't be without`)]
        if (isPaired || gap !== undefined) return []
        return [{ file: directory, line: 1, reason: `${id} has nothing in ${other}: add what corresponds, or say under "none" why nothing does` }]
      }),
  )
}

/** Of two levels of a section, the higher never corresponds to less of the other section than the lower. */
function crossings(entries: readonly CrosswalkEntry[]): Problem[] {
  const places = entries.map((entry) => {
    const [a, b] = [parsePassageId(entry.a), parsePassageId(entry.b)]
    return `${a.model}/${a.section}` < `${b.model}/${b.section}` ? { entry, lower: a, upper: b } : { entry, lower: b, upper: a }
  })
  const themes = Map.groupBy(places, ({ lower, upper }) => `${lower.model}/${lower.section} and ${upper.model}/${upper.section}`)
  return [...themes].flatMap(([theme, pairs]) =>
    pairs.flatMap((one) =>
      pairs
        .filter((other) => one.lower.level < other.lower.level && one.upper.level > other.upper.level)
        .map((other) =>
          at(one.entry, `${theme} cross: level ${one.lower.level} with ${one.upper.level}, but level ${other.lower.level} with ${other.upper.level}`),
        ),
    ),
  )
}
