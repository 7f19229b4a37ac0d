/** What the bot says in its own words: when it declines and when it asks back. */
import type { Corpus } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'
import type { Ranked } from '../retrieval/rank.ts'
import { joinWords, plainName } from './premises.ts'

export function coverage(corpus: Corpus): string {
  const models = corpus.models.map((model) => `the ${model.shortTitle}`)
  return `What I can answer comes from ${joinWords(models)}: their levels, what each asks of people, process, policy and technology, and what comes next.${imported(corpus)}`
}

const MAX_DOCUMENTS_NAMED = 3

/** Their titles come from outside: they are said without any markup. */
function imported({ documents }: Corpus): string {
  if (documents.length === 0) return ''
  const named = documents.slice(0, MAX_DOCUMENTS_NAMED).map((document) => `“${plainName(document.shortTitle)}”`)
  const others = documents.length - named.length
  return ` Beside them I search ${joinWords(others === 0 ? named : [...named, `${others} more documents`])}.`
}

/** Names what is near, so that the next try can hit. */
export function notCovered(corpus: Corpus, ranked: readonly Ranked[]): string {
  const near = [...new Set(ranked.slice(0, 3).map(({ passage }) => nameOf(passage.model, passage.section, corpus)))]
  const closest = near.length === 0 ? '' : ` The nearest topics are ${joinWords(near)}.`
  return `The models don't answer that. ${coverage(corpus)}${closest}`
}

export function notAnInstruction(corpus: Corpus): string {
  return `That reads like an instruction, and I only answer questions about the models; nothing was changed. ${coverage(corpus)}`
}

export function unknownModel(id: string, corpus: Corpus): string {
  return `There is no model "${plainName(id).slice(0, 40)}" here. The models are ${joinWords(corpus.models.map((model) => model.id))}.`
}

/** Nothing to go by: no topic, no place. */
export function isTooVague({ question, ownStems, places, levels, followUp }: Understanding): boolean {
  if (question === '') return true
  return !followUp && ownStems.length === 0 && places.models.length === 0 && places.sections.length === 0 && levels.length === 0
}

/** A level and nothing else. */
export function needsTopic({ ownStems, places, levels, followUp }: Understanding): boolean {
  const words = ownStems.filter((stem) => !/^(?:level|lvl|stage|phase|step|tier|l?\d+|on|two|three|four|five|six|seven|next)$/.test(stem))
  return !followUp && levels.length > 0 && words.length === 0 && places.models.length === 0 && places.sections.length === 0 && places.dimensions.size === 0
}

export function askForQuestion(corpus: Corpus): string {
  return `What would you like to know? For example: ${exampleQuestion(corpus)}`
}

export function askForTopic({ levels }: Understanding, corpus: Corpus): string {
  const models = corpus.models.map((model) => model.shortTitle)
  return `${levels.length === 1 ? `Level ${levels[0]?.number}` : 'Those levels'} of which model and topic: ${joinWords(models)}? For example: ${exampleQuestion(corpus)}`
}

function exampleQuestion(corpus: Corpus): string {
  const model = corpus.models.find((each) => each.shape === 'continuous') ?? corpus.models[0]
  const section = model?.sections.find((each) => each.levels.length > 1)
  return model === undefined || section === undefined
    ? '"What comes after level 2?"'
    : `"What does ${model.levelWord.toLowerCase()} 2 of ${section.title.toLowerCase()} ask for in the ${model.shortTitle}?"`
}

function nameOf(modelId: string, sectionId: string, corpus: Corpus): string {
  const model = corpus.model(modelId)
  const section = model?.sections.find((each) => each.id === sectionId)
  const place = [section?.dimension, section?.title].filter((part) => part !== undefined).join(' › ')
  return `${place} (${model?.shortTitle ?? modelId})`
}
