/** Questions that the bot offers: put so that it answers them with the passage they are about. */
import type { Answer } from '../../answers/answer.ts'
import { findPlace, levelWord, questionAbout } from '../../answers/name-place.ts'
import { SUGGESTIONS } from '../../answers/suggestions.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { beginningOf } from '../beginning-of.ts'
import { askThis } from '../presses.ts'
import type { Button } from '../reply.ts'

const MOST_OFFERED = 3
/** Buttons are narrow. */
const LABEL_CHARACTERS = 70

/** Buttons for who got no answer: the topics that the reply names as near, or what others ask where it names none and asks back. */
export function offersAfter(answer: Answer, corpus: Corpus): Button[] {
  if (answer.outcome === 'answered') return []
  const near = answer.outcome === 'declined' ? nearTopics(answer, corpus) : SUGGESTIONS.map(({ question }) => ({ label: question, question }))
  return near
    .slice(0, MOST_OFFERED)
    .map(({ label, question }): Button => ({ kind: 'button', label: beginningOf(label, LABEL_CHARACTERS), press: askThis(question) }))
}

function nearTopics({ retrieved, text }: Answer, corpus: Corpus): { label: string; question: string }[] {
  const seen = new Set<string>()
  return retrieved.flatMap((id) => {
    const passage = corpus.passage(id)
    const place = passage === undefined ? undefined : findPlace(passage, corpus)
    if (passage === undefined || passage.level === null || place === undefined) return []
    const { model, section } = place
    const name = `${section.title} (${model.shortTitle})`
    if (!text.includes(name) || seen.has(name)) return []
    seen.add(name)
    const label = `${section.title}, ${levelWord(model)} ${passage.level} (${model.shortTitle})`
    return [{ label, question: questionAbout(passage.level, section, model) }]
  })
}
