/** What follows "assess": a model, how much of it, and for whom, in the words that people use for them. */
import { distance } from 'fastest-levenshtein'
import type { Offer } from '../../assessments/offers.ts'
import type { Scope } from '../../assessments/records.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'
import { beginningOf } from '../beginning-of.ts'

export interface Wanted {
  model?: string
  scope?: Scope
  /** A team's name, after "for". */
  team?: string
}

interface Name {
  words: readonly string[]
  model: string
}

const FOR = /^(?<what>.*?)(?:^|\s+)for\s+(?<team>\S.*)$/is
const QUOTED = /^["“”'‘’](?<name>.+)["“”'‘’]$/s
/** As Slack writes a channel that was typed. */
const CHANNEL = /^<#[^|>]+\|(?<name>[^>]+)>$/
/** "the CNCF model", "KMM assessment" */
const FILLING = new Set(['the', 'a', 'an', 'model', 'models', 'kubernetes', 'maturity', 'guide', 'assessment', 'scope', 'dimension', 'only', 'by', 'with'])
const SHORTEST_BEGINNING = 3
const SHOWN = 40

/** @param command as it is written where the person is, for example `/maturity assess` @throws UserError that says what to write instead */
export function readWords(typed: string, { offers, corpus, command }: { offers: readonly Offer[]; corpus: Corpus; command: string }): Wanted {
  const { what, team } = FOR.exec(typed.trim())?.groups ?? { what: typed }
  const forTeam = team === undefined ? {} : { team: nameIn(team) }
  const words = wordsOf(what ?? '')
  const found = findModel(words, namesOf(offers, corpus))
  if (found === undefined) return { ...withoutModel(words, { offers, corpus, command }), ...forTeam }
  const offer = offers.find(({ model }) => model === found.model) as Offer
  const scope = readScope(found.rest, offer, command)
  return { model: offer.model, ...(scope === undefined ? {} : { scope }), ...forTeam }
}

function nameIn(team: string): string {
  const name = team.trim()
  return (QUOTED.exec(name)?.groups?.name ?? name.replace(CHANNEL, '#$<name>')).trim()
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function namesOf(offers: readonly Offer[], corpus: Corpus): Name[] {
  return offers.flatMap(({ model, title, shortTitle }) =>
    [model, shortTitle, title, ...(corpus.model(model)?.aliases ?? [])].map((name) => ({ words: wordsOf(name), model })),
  )
}

/** The name that comes first; of several that begin there the longest. */
function findModel(words: readonly string[], names: readonly Name[]): { model: string; rest: string[] } | undefined {
  for (const at of words.keys()) {
    const [name] = names.filter((each) => each.words.length > 0 && each.words.every((word, i) => words[at + i] === word)).toSorted(byLength)
    if (name !== undefined) return { model: name.model, rest: words.toSpliced(at, name.words.length) }
  }
  return undefined
}

function byLength(a: Name, b: Name): number {
  return b.words.length - a.words.length
}

/** Undefined where nothing is said and there is something to choose. */
function readScope(words: readonly string[], { model, shortTitle, scopes }: Offer, command: string): Scope | undefined {
  const said = words.filter((word) => !FILLING.has(word)).join(' ')
  const all = words.join(' ')
  const named = scopes.filter(({ name }) => [said, all].includes(wordsOf(name).join(' ')))
  const begun = said.length < SHORTEST_BEGINNING ? [] : scopes.filter(({ name }) => name.toLowerCase().startsWith(said))
  const [only] = named.length > 0 ? named : begun.length === 1 ? begun : []
  if (only !== undefined) return only.scope
  const [first, ...others] = scopes
  // Quick and full are the same where there is nothing to choose.
  if (first !== undefined && others.length === 0 && ['', 'quick', 'full'].includes(said)) return first.scope
  if (said === '') return undefined
  const names = scopes.map(({ name }) => name.toLowerCase())
  const near = nearest(said, names)
  const meant = near === undefined ? `Use ${listed(names)}` : `Did you mean “${near}”`
  const advice = near === undefined ? `${meant}.` : `${meant}? Write “${command} ${model} ${near}”.`
  throw new UserError(
    `There is no “${beginningOf(said, SHOWN)}” in the ${shortTitle}. ${advice} A team is named with “for”: “${command} ${model} ${near ?? names[0]} for Payments”.`,
  )
}

/** A dimension that only one model has says which model is meant; a word that nothing is called by is a slip. */
function withoutModel(words: readonly string[], { offers, corpus, command }: { offers: readonly Offer[]; corpus: Corpus; command: string }): Wanted {
  const said = words.filter((word) => !FILLING.has(word))
  if (said.length === 0) return {}
  const having = offers.filter(({ scopes }) => scopes.some(({ name }) => wordsOf(name).join(' ') === said.join(' ')))
  const [only, another] = having
  if (only !== undefined) {
    const scope = another === undefined ? readScope(said, only, command) : undefined
    return scope === undefined ? {} : { model: only.model, scope }
  }
  const scopeWords = new Set(offers.flatMap(({ scopes }) => scopes.flatMap(({ name }) => wordsOf(name))))
  const unknown = said.filter((word) => !scopeWords.has(word))
  const rest = said.filter((word) => scopeWords.has(word))
  const models = offers.map(({ model }) => model)
  const near = nearestModel(unknown, namesOf(offers, corpus))
  const advice = near === undefined ? `Use ${listed(models)}.` : `Did you mean “${near}”? Write “${[command, near, ...rest].join(' ')}”.`
  throw new UserError(`There is no model “${beginningOf((unknown.length > 0 ? unknown : said).join(' '), SHOWN)}” to assess by. ${advice}`)
}

/** Of what was said as a whole, or else of its first word. */
function nearestModel(said: readonly string[], names: readonly Name[]): string | undefined {
  const byName = new Map(names.map(({ words, model }) => [words.join(' '), model]))
  const near = nearest(said.join(' '), [...byName.keys()]) ?? nearest(said[0] ?? '', [...byName.keys()])
  return near === undefined ? undefined : byName.get(near)
}

/** Within as many slips as a word of its length bears. */
function nearest(said: string, names: readonly string[]): string | undefined {
  const most = said.length <= 3 ? 1 : Math.max(2, Math.floor(said.length / 4))
  const [found] = names
    .map((name) => ({ name, slips: distance(said.slice(0, 100), name) }))
    .filter(({ slips, name }) => slips <= most && slips < name.length)
    .toSorted((a, b) => a.slips - b.slips)
  return found?.name
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
