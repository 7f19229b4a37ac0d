/** One sentence about a digest in a chat model's words; without a model, or where the sentence says more than the data, none. */
import type { TenantId } from '../../assessments/records.ts'
import { figuresIn, type NameContext, NUMBER_WORDS, namesIn, standsIn } from '../../generation/figures-and-names.ts'
import { stemsOf, wordsOf } from '../../retrieval/terms.ts'
import { type DigestContent, itemOf } from './digest-content.ts'
import { saidLines } from './digest-lines.ts'
import { plain } from './digest-text.ts'

export interface SummaryWriter {
  /** In the model's own words; undefined where there are none. */
  phrase(facts: readonly string[], tenant: TenantId): Promise<string | undefined>
  /** Tells names from words. */
  names: NameContext
}

const LONGEST = 300
const NUMBER = /\p{N}+(?:[.,]\p{N}+)*/gu
/** Small ones are numbers too: the data is counted. */
const SPELLED: Readonly<Record<string, string>> = {
  ...NUMBER_WORDS,
  zero: '0',
  one: '1',
  once: '1',
  single: '1',
  both: '2',
  second: '2',
  fourth: '4',
  fifth: '5',
}
/** Links, markup, mentions. */
const NOT_PLAIN = /https?:|www\.|[<>[\]{}|*_`#@]/iu
const SEVERAL = /[.!?…]["'”’)]*\s+\S/u
/** What is counted: "two sections". */
const COUNTED = /(\p{L}+|\p{N}+) (?:more |open |overdue |other )?(sections?|teams?|actions?|rounds?|days?|targets?|answers?|people|persons?|members?)\b/giu
const FROM_TO = /\bfrom (?:level |stage |phase )?(\d+) to (?:level |stage |phase )?(\d+)\b/giu
const RISES = /\b(?:r[oi]se[sn]?|rising|climb\w*|improv\w*|gain\w*|increas\w*|up|grew|grown|advanc\w*)\b/iu
const FALLS = /\b(?:f[ae]ll(?:s|en|ing)?|drop\w*|declin\w*|decreas\w*|down|slipp\w*|lost|worse\w*|regress\w*)\b/iu

export async function summarise(content: DigestContent, tenant: TenantId, writer?: SummaryWriter): Promise<string | undefined> {
  if (writer === undefined) return undefined
  const facts = factsOf(content)
  const sentence = (await writer.phrase(facts, tenant))?.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  return sentence === undefined || !isFaithful(sentence, facts, content, writer.names) ? undefined : sentence
}

/** People are not among them. What may be counted is counted here. */
export function factsOf(content: DigestContent): string[] {
  const { teams, model } = content
  return [
    `Team: ${teams.map(({ name }) => name).join(', ')}.`,
    ...(model === undefined ? [] : [`Model: ${model.shortTitle}.`]),
    ...countsOf(content),
    ...saidLines(content).map(({ parts }) => withoutMarkers(plain(parts))),
  ]
}

function countsOf(content: DigestContent): string[] {
  const changed = itemOf(content, 'changed')?.sections ?? []
  const moved = (direction: string) => changed.filter((each) => each.direction === direction).length
  const actions = itemOf(content, 'actions')
  const counts = [
    [changed.length, 'section', 'changed'],
    [moved('up'), 'section', 'up'],
    [moved('down'), 'section', 'down'],
    [actions?.overdue ?? 0, 'action', 'overdue'],
    [actions?.due ?? 0, 'action', 'due within a week'],
    [itemOf(content, 'rounds')?.rounds.length ?? 0, 'round', 'open'],
  ] as const
  const left = (itemOf(content, 'rounds')?.rounds ?? []).map(({ name, invited, answered }) => {
    const count = invited - answered
    return `${count} ${count === 1 ? 'person is' : 'people are'} left to answer “${name}”.`
  })
  return [...counts.flatMap(([count, what, how]) => (count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'} ${how}.`])), ...left]
}

/** The number of a source is no number of the data. */
function withoutMarkers(text: string): string {
  return text.replace(/ \[\d+\]/g, '')
}

function isFaithful(sentence: string, facts: readonly string[], content: DigestContent, names: NameContext): boolean {
  if (sentence === '' || sentence.length > LONGEST || SEVERAL.test(sentence) || NOT_PLAIN.test(sentence)) return false
  const told = facts.join('\n')
  return hasItsNumbers(sentence, told) && hasItsNames(sentence, told, names) && !contradicts(sentence, told, content)
}

/** Levels are numbers here like any other; a count stands with what it counts. */
function hasItsNumbers(sentence: string, told: string): boolean {
  if (!countsIn(sentence).isSubsetOf(countsIn(told))) return false
  return numbersIn(sentence).isSubsetOf(numbersIn(told)) && new Set(figuresIn(sentence)).isSubsetOf(new Set([...figuresIn(told), ...numbersIn(told)]))
}

function numbersIn(text: string): Set<string> {
  const plainText = text.normalize('NFKC')
  const digits = [...plainText.matchAll(NUMBER)].map(([number]) => number)
  return new Set([...digits, ...wordsOf(plainText).flatMap((word) => SPELLED[word] ?? [])])
}

function countsIn(text: string): Set<string> {
  const counts = [...text.toLowerCase().matchAll(COUNTED)].flatMap(([, word = '', what = '']) => {
    const count = /^\p{N}/u.test(word) ? word : SPELLED[word]
    return count === undefined ? [] : [`${count} ${what.replace(/s$/, '').replace(/^(?:person|member)$/, 'people')}`]
  })
  return new Set(counts)
}

function hasItsNames(sentence: string, told: string, names: NameContext): boolean {
  const stems = new Set(stemsOf(wordsOf(told)))
  return namesIn(sentence, names).every((name) => standsIn(name, stems, names.vocabulary))
}

/** The right numbers the wrong way round. */
function contradicts(sentence: string, told: string, content: DigestContent): boolean {
  const pairs = (text: string) => new Set([...text.matchAll(FROM_TO)].map(([, from, to]) => `${from} ${to}`))
  if (!pairs(sentence).isSubsetOf(pairs(told))) return true
  const directions = new Set(itemOf(content, 'changed')?.sections.map(({ direction }) => direction))
  const organisation = itemOf(content, 'organisation')
  const trend = new Set(itemOf(content, 'trend')?.sections.map(({ direction }) => direction))
  const rose = directions.has('up') || trend.has('up') || (organisation?.up ?? 0) > 0
  const fell = directions.has('down') || trend.has('down') || (organisation?.down ?? 0) > 0
  return (RISES.test(sentence) && !rose) || (FALLS.test(sentence) && !fell)
}
