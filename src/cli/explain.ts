/** Why an answer came out as it did: what was read from the question, why passages rank as they do, how sure it is. */
import { confidenceModelFor, confidenceOf, FEATURES, measure } from '../answers/confidence.ts'
import type { Engine } from '../engine.ts'
import { readQuestion } from '../questions/typed-text.ts'

const SHOWN = 5

export async function explain(question: string, model: string | undefined, { reader, retriever, lexical, vocabulary }: Engine): Promise<string> {
  const understanding = reader.read(readQuestion(question))
  const retrieval = await retriever.search(understanding, model)
  const { places, targetLevels, intent, terms } = understanding
  const wanted = Object.entries(intent).flatMap(([name, is]) => (is ? [name] : []))
  const features = measure(understanding, retrieval, lexical, vocabulary)
  const confidence = confidenceModelFor(retrieval)
  const parts = (evidence: object) =>
    Object.entries(evidence)
      .filter(([, value]) => value !== 0)
      .map(([name, value]) => `${name} ${value.toFixed(2)}`)
      .join(', ')
  return [
    `Models: ${places.models.join(', ') || 'none named'}`,
    `Sections: ${places.sections.map(({ model: id, section, strength }) => `${id}/${section} (${strength.toFixed(2)})`).join(', ') || 'none named'}`,
    `Levels asked for: ${targetLevels.join(', ') || 'none named'}`,
    `Wants: ${wanted.join(', ') || 'nothing in particular'}`,
    `Terms: ${terms.map(({ stem, weight }) => (weight === 1 ? stem : `${stem}×${weight}`)).join(' ')}`,
    '',
    ...retrieval.ranked.slice(0, SHOWN).map(({ passage, score, evidence }, i) => `${i + 1}. ${passage.id}  ${score.toFixed(2)} = ${parts(evidence)}`),
    '',
    `Sure to ${Math.round(confidenceOf(features, confidence) * 100)}%; below ${Math.round(confidence.threshold * 100)}% it declines. Measured: ${FEATURES.map((name) => `${name} ${features[name].toFixed(2)}`).join(', ')}`,
    '',
  ].join('\n')
}
