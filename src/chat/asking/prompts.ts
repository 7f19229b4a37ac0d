/** What to ask: what comes next where the person's teams stand lowest, or where to begin. */

import { isLadder, levelWord, questionAbout, questionAfter } from '../../answers/name-place.ts'
import { SUGGESTIONS } from '../../answers/suggestions.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { Corpus, Model, Section } from '../../corpus/passage.ts'
import { beginningOf } from '../beginning-of.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { askThis, chooseAssessment } from '../presses.ts'
import type { Prompt } from '../reply.ts'

const MOST = 4
/** Whoever is in many teams has other ways to look at all of them. */
const MOST_TEAMS = 3
const MOST_SECTIONS = 2
const GENERAL = 2
const TITLE_CHARACTERS = 30
const ASSESS: Prompt = { title: 'Assess my team', message: 'assess', press: chooseAssessment() }

export async function promptsFor({ tenant, person }: Who, { assessments, corpus }: Pick<ChatDeps, 'assessments' | 'corpus'>): Promise<readonly Prompt[]> {
  const general = SUGGESTIONS.map(({ title, question }) => asking(title, question))
  const teams = (await assessments.store.assessments.teamsOf(tenant, person)).slice(0, MOST_TEAMS)
  const results = await Promise.all(teams.map(({ id }) => assessments.results.results(tenant, id)))
  const next = results.flatMap(({ models }) => models.flatMap((each) => nextSteps(each, corpus())))
  if (next.length === 0) return [...general.slice(0, GENERAL), ASSESS]
  const once = [...new Map(next.map((each) => [each.message, each])).values()]
  return [...once.slice(0, MOST - 1), ...general].slice(0, MOST)
}

function nextSteps({ model: id, overall }: ModelResults, corpus: Corpus): Prompt[] {
  const model = corpus.model(id)
  if (model === undefined || overall === undefined) return []
  const lowest = overall.lowest.slice(0, MOST_SECTIONS).flatMap((section) => model.sections.find((each) => each.id === section) ?? [])
  return lowest.map((section) => nextStep(overall.level, section, model))
}

/** Of level 0, no stage yet, the first is next; of the highest, what it asks for is what is kept up. */
export function nextStep(level: number, section: Section, model: Model): Prompt {
  const word = levelWord(model)
  const name = nameOf(section, model)
  const first = section.levels[0] ?? 1
  if (level < first) return asking(titled(name, `${word} ${first}`), questionAbout(first, section, model))
  const isTop = section.levels.every((each) => each <= level)
  return isTop
    ? asking(titled(name, `keeping ${word} ${level}`), questionAbout(level, section, model))
    : asking(titled(name, `next after ${word} ${level}`), questionAfter(level, section, model))
}

function asking(title: string, question: string): Prompt {
  return { title, message: question, press: askThis(question) }
}

/** "Security" of "Security and compliance"; with its dimension where others are called the same. */
function nameOf(section: Section, model: Model): string {
  if (isLadder(section, model)) return model.shortTitle.replace(/ (?:model|guide)$/, '')
  const isAlone = model.sections.filter(({ title }) => title === section.title).length === 1
  const title = section.title.split(/,? and |, | \(/)[0] as string
  return isAlone || section.dimension === undefined ? title : `${section.dimension} ${title}`
}

function titled(name: string, what: string): string {
  const whole = `${name}: ${what}`
  return whole.length <= TITLE_CHARACTERS ? whole : beginningOf(`${name}: next`, TITLE_CHARACTERS)
}
