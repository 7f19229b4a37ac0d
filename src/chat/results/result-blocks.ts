/** A team's results as blocks of a message: where it stands, what that rests on, and what to do next, each step with its source. */
import { type ListedAction, standingOf } from '../../assessments/actions.ts'
import { figureText, lowerOf } from '../../assessments/level-figure.ts'
import { nextSteps, type SectionSteps } from '../../assessments/next-steps.ts'
import { changesOf, headline, labelsOf, NO_RESULTS, sayCoverage, sayFew, sayOrigin, sayStanding } from '../../assessments/results-wording.ts'
import type { PracticeFigures } from '../../assessments/stage-figures.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { TeamResult } from '../../assessments/team-results.ts'
import type { TeamSection } from '../../assessments/team-sections.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { makeAction, openPassage, showResults } from '../presses.ts'
import { type Block, type Inline, type Source, strong, words } from '../reply.ts'
import { heading, note, text } from '../simple-blocks.ts'
import { actionParts } from './action-lines.ts'
import { picturesOf } from './shown-pictures.ts'

/** Of a message that is read in a chat. */
const STEPS = { sections: 3, steps: 2 }
const MOST_SPREADS = 5
const MOST_ACTIONS = 4
const MOST_LINES = 12
const MOST_OTHERS = 4
/** A button carries the step with it, and holds no more. */
const LONGEST_STEP = 1_000

export interface Shown {
  /** By which model; the latest assessed where absent. */
  model?: string
  /** Whether those by other models are named too. */
  others: boolean
  /** Whether it is said what lies far apart. */
  spreads: boolean
  today: string
}

export function resultBlocks(result: TeamResult, { model, others, spreads, today }: Shown, corpus: Corpus): Block[] {
  const { team, models, actions, gone } = result
  const shown = model === undefined ? models[0] : models.find((each) => each.model === model)
  const goneNote = gone.length === 0 ? [] : [note(`Assessed by what is no longer here: ${[...new Set(gone.map(({ scope }) => scope.model))].join(', ')}.`)]
  if (shown === undefined) return [heading(team.name), text(NO_RESULTS), ...goneNote]
  const listed = actions.map((action): ListedAction => ({ ...action, standing: standingOf(action, today) }))
  return [
    heading(`${team.name}: ${shown.title}`),
    text(strong(headline(shown)), ` ${sayCoverage(shown.coverage)}.`),
    ...originOf(shown),
    ...profileOf(shown),
    ...practicesOf(shown),
    ...(spreads ? spreadsOf(shown, corpus) : []),
    ...picturesOf(team.name, shown).map((picture): Block => ({ kind: 'picture', picture })),
    ...stepsOf(team.id, shown, corpus),
    ...actionsOf(listed),
    ...(others
      ? othersOf(
          team.id,
          models.filter((each) => each !== shown),
        )
      : []),
    ...goneNote,
  ]
}

/** What the words below rest on, and how old that is. */
function originOf({ snapshots: [latest], sections, stale, olderWording }: ModelResults): Block[] {
  const labels = labelsOf(sections)
  const named = (ids: readonly string[]) => sayFew(ids.map((id) => labels[sections.findIndex(({ section }) => section === id)] ?? id))
  return [
    ...(latest === undefined ? [] : [note(`${sayOrigin(latest)}.${latest.confidential ? ' Confidential: nobody is shown who answered what.' : ''}`)]),
    ...(stale.length === 0 ? [] : [note(`Answered more than 90 days ago, time to look again: ${named(stale)}.`)]),
    ...(olderWording.length === 0 ? [] : [note(`The model’s text has changed since it was answered: ${named(olderWording)}.`)]),
  ]
}

/** A line each; of many sections a line for each dimension. */
function profileOf(results: ModelResults): Block[] {
  const { sections, levels } = results
  const labels = labelsOf(sections)
  if (sections.length === 0) return []
  const said = (section: TeamSection, standing: string) => [standing, ...inBrackets(changesOf(section))].join(' ')
  if (sections.length <= MOST_LINES)
    return [{ kind: 'list', items: sections.map((section, i) => [strong(`${labels[i]}: `), words(said(section, sayStanding(section, results)))]) }]
  const items = [...Map.groupBy(sections, ({ dimension, title }) => dimension ?? title)].map(([dimension, own]): Inline[] => {
    const standings = own.map((section) => {
      const standing = section.level === undefined ? sayStanding(section, results) : figureText(section.level)
      return own.length === 1 ? said(section, standing) : `${section.title} ${said(section, standing)}`
    })
    return [strong(`${dimension} (of ${levels.length}): `), words(standings.join(', '))]
  })
  return [{ kind: 'list', items }]
}

function inBrackets(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : [`(${notes.join('; ')})`]
}

/** Of a ladder what the next stage still lacks. */
function practicesOf({ nextStage }: ModelResults): Block[] {
  if (nextStage === undefined || !nextStage.practices.some((practice) => 'hidden' in practice || saidOf(practice) > 0)) return []
  const items = nextStage.practices.map((practice): Inline[] => [
    words(`${practice.label}: `),
    words('hidden' in practice ? 'too few answers to show' : saidOf(practice) === 0 ? 'not answered' : countsOf(practice)),
  ])
  return [text(strong(`On the way to ${nextStage.title}`)), { kind: 'list', items }]
}

type Counted = Exclude<PracticeFigures, { hidden: true }>

function saidOf({ inPlace, partly, notYet }: Counted): number {
  return inPlace + partly + notYet
}

function countsOf({ inPlace, partly, notYet }: Counted): string {
  const counts: [number, string][] = [
    [inPlace, 'in place'],
    [partly, 'partly'],
    [notYet, 'not yet'],
  ]
  const some = counts.filter(([count]) => count > 0)
  return some.length === 1 && some[0]?.[0] === 1 ? some[0][1] : some.map(([count, what]) => `${count} ${what}`).join(', ')
}

function spreadsOf({ sections, worthTalkingAbout, levelWord }: ModelResults, corpus: Corpus): Block[] {
  if (worthTalkingAbout.length === 0) return []
  const labels = labelsOf(sections)
  const items = worthTalkingAbout.slice(0, MOST_SPREADS).flatMap((id): Inline[][] => {
    const at = sections.findIndex(({ section }) => section === id)
    const figures = sections[at]?.latest?.figures
    if (figures === undefined || figures.state === 'hidden' || figures.worthTalkingAbout === undefined) return []
    const { lowest, highest } = figures.worthTalkingAbout
    const end = ({ level, passage }: typeof lowest) => (level === 0 ? 'none yet' : (corpus.passage(passage)?.heading ?? `${levelWord} ${level}`))
    return [[strong(`${labels[at]}: `), words(`from ${end(lowest)} to ${end(highest)}`)]]
  })
  const more = worthTalkingAbout.length - items.length
  return [
    text(strong('Worth talking about: your answers lie far apart')),
    { kind: 'list', items: [...items, ...(more > 0 ? [[words(`and ${more} more`)]] : [])] },
  ]
}

function stepsOf(team: string, results: ModelResults, corpus: Corpus): Block[] {
  const groups = nextSteps(results, corpus, STEPS)
  if (groups.length === 0) return [note('No next steps: every target is reached, or too little is known yet.')]
  const sources = sourcesOf(groups, corpus)
  const labels = labelsOf(results.sections)
  const label = (id: string) => labels[results.sections.findIndex(({ section }) => section === id)] ?? id
  return [
    text(strong('Next steps')),
    ...groups.flatMap((group): Block[] => [text(strong(label(group.section)), `, ${wayOf(group, results.levelWord)}`), ...group.steps.map(stepBlock)]),
    { kind: 'sources', items: sources },
  ]

  function stepBlock({ model, section, passage, text: said, action }: SectionSteps['steps'][number]): Block {
    const parts = [words(`${said} [${sources.find((source) => source.open.with?.passage === passage)?.n}]`)]
    if (action !== undefined) return { kind: 'list', items: [[...parts, words(' (is an action)')]] }
    if (said.length > LONGEST_STEP) return { kind: 'list', items: [parts] }
    return { kind: 'option', parts, button: { kind: 'button', label: 'Make it an action', press: makeAction(team, { model, section, passage, text: said }) } }
  }
}

/** "from level 2 to Level 3: Scale, 1 to go to your target" */
function wayOf({ from, heading: to, gap }: SectionSteps, levelWord: string): string {
  const start = lowerOf(from) === 0 ? 'from the start' : `from ${levelWord.toLowerCase()} ${figureText(from)}`
  return `${start} to ${to}${gap === undefined ? '' : `, ${gap} to go to your target`}`
}

/** One number a passage, with the first sentence that is taken from it. */
function sourcesOf(groups: readonly SectionSteps[], corpus: Corpus): Source[] {
  const first = new Map(
    groups
      .flatMap(({ steps }) => steps)
      .toReversed()
      .map((step) => [step.passage, step.text]),
  )
  const ids = [...new Set(groups.flatMap(({ steps }) => steps.map(({ passage }) => passage)))]
  return ids
    .flatMap((id) => {
      const passage = corpus.passage(id)
      return passage === undefined ? [] : [passage]
    })
    .map(({ id, title, url }, i) => ({ n: i + 1, title, quote: first.get(id) ?? '', url, open: openPassage(id) }))
}

function actionsOf(actions: readonly ListedAction[]): Block[] {
  if (actions.length === 0) return []
  const items = actions.slice(0, MOST_ACTIONS).map(actionParts)
  const more = actions.length - items.length
  return [text(strong('Open actions')), { kind: 'list', items: [...items, ...(more > 0 ? [[words(`and ${more} more`)]] : [])] }]
}

function othersOf(team: string, models: readonly ModelResults[]): Block[] {
  const shown = models.slice(0, MOST_OTHERS).map(
    (each): Block => ({
      kind: 'option',
      parts: [strong(`${each.shortTitle}: `), words(headline(each))],
      button: { kind: 'button', label: 'Show', press: showResults(team, each.model) },
    }),
  )
  const rest = models.slice(MOST_OTHERS).map(({ shortTitle }) => shortTitle)
  return [...(models.length === 0 ? [] : [text(strong('By other models'))]), ...shown, ...(rest.length === 0 ? [] : [note(`And by ${rest.join(', ')}.`)])]
}
