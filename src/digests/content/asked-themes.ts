/**
 * What people asked and what was declined, as themes: never a person, never their words, and no theme that fewer than five
 * different people share.
 */
import type { Answer, Outcome } from '../../answers/answer.ts'
import type { Corpus } from '../../corpus/passage.ts'
import type { AskedTheme, DigestItem, Period } from './digest-content.ts'

/** Fewer could be told apart. */
export const LEAST_ASKERS = 5
const MOST_THEMES = 5

/** What is read of a question that was asked and answered. */
export interface AskedQuestion {
  person: string
  at: string
  outcome: Outcome
  answer: Pick<Answer, 'citations' | 'retrieved'>
}

/** All that has no theme of its own. */
export const NOT_COVERED = 'other questions'

export function askedThemes(asked: readonly AskedQuestion[], { from, to }: Pick<Period, 'from' | 'to'>, corpus: Corpus): DigestItem[] {
  const inPeriod = asked.filter(({ at }) => at > from && at <= to)
  const of = (outcome: Outcome) => inPeriod.filter((each) => each.outcome === outcome)
  const answered = themes(of('answered'), ({ answer }) => sectionCited(answer, corpus)).filter(isShared)
  const declined = withRest(themes(of('declined'), ({ answer }) => sectionCited(answer, corpus) ?? sectionNear(answer, corpus) ?? NOT_COVERED))
  if (answered.length + declined.length === 0) return []
  return [{ kind: 'asked', answered: most(answered), declined: most(declined) }]
}

interface Theme {
  title: string
  persons: ReadonlySet<string>
}

/** Each question has one theme, and each person counts once in it. */
function themes(asked: readonly AskedQuestion[], themeOf: (asked: AskedQuestion) => string | undefined): Theme[] {
  const titled = asked.flatMap((each) => {
    const title = themeOf(each)
    return title === undefined ? [] : [{ title, person: each.person }]
  })
  return [...Map.groupBy(titled, ({ title }) => title)].map(([title, all]) => ({ title, persons: new Set(all.map(({ person }) => person)) }))
}

/** What too few share is told of together. */
function withRest(found: readonly Theme[]): Theme[] {
  const isNamed = (theme: Theme) => isShared(theme) && theme.title !== NOT_COVERED
  const rest = { title: NOT_COVERED, persons: new Set(found.filter((theme) => !isNamed(theme)).flatMap(({ persons }) => [...persons])) }
  return [...found.filter(isNamed), ...[rest].filter(isShared)]
}

function isShared({ persons }: Theme): boolean {
  return persons.size >= LEAST_ASKERS
}

function most(found: readonly Theme[]): AskedTheme[] {
  return found
    .map(({ title, persons }) => ({ title, askers: persons.size }))
    .toSorted((a, b) => b.askers - a.askers || a.title.localeCompare(b.title, 'en'))
    .slice(0, MOST_THEMES)
}

/** What is cited first is what the answer is about. */
function sectionCited({ citations: [first] }: AskedQuestion['answer'], corpus: Corpus): string | undefined {
  return first === undefined ? undefined : titleOf(first.model, first.section, corpus)
}

/** Of a question that nothing answers, the topic that comes nearest to it. */
function sectionNear({ retrieved: [best] }: AskedQuestion['answer'], corpus: Corpus): string | undefined {
  const passage = best === undefined ? undefined : corpus.passage(best)
  return passage === undefined ? undefined : titleOf(passage.model, passage.section, corpus)
}

/** "People › Culture (CNCF model)" */
function titleOf(model: string, section: string, corpus: Corpus): string | undefined {
  const found = corpus.model(model)
  const own = found?.sections.find(({ id }) => id === section)
  if (found === undefined || own === undefined) return undefined
  return `${[...new Set([own.dimension, own.title])].filter((part) => part !== undefined).join(' › ')} (${found.shortTitle})`
}
