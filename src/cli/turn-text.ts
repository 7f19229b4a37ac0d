/** A step of an assessment as lines for a terminal. */
import type { Question } from '../assessments/catalogue.ts'
import type { Progress } from '../assessments/course.ts'
import type { Turn } from '../assessments/turn.ts'
import { ASK_REASON, askOf, FINISHED, NOTICES, nameOf, placeOf, sayValue } from '../assessments/wording.ts'

const OWN_WORDS = 'or in your own words'
const OTHER_WAYS = `${OWN_WORDS}; also "not sure", "n/a", "back", "pause", "show 2" for its passage`

export function turnText({ view, notice, aside }: Turn): string {
  const before = [...(notice === undefined ? [] : [NOTICES[notice]]), ...(aside === undefined ? [] : [aside.text])]
  return `${[...before, ...viewLines(view)].join('\n')}\n`
}

function viewLines(view: Turn['view']): string[] {
  switch (view.kind) {
    case 'question':
      return [...questionLines(view.question, view.progress), ...(view.before === undefined ? [] : [`(You answered: ${sayValue(view.before)}.)`])]
    case 'proposal':
      return [
        `That sounds like ${view.label}: “${view.indicator}” (${view.passage})`,
        ...(view.question.kind === 'stage' ? [`So ${view.question.title} is ${view.level >= view.question.stage ? '' : 'not yet '}in place.`] : []),
        'Is that right? yes, no, or the level you mean.',
      ]
    case 'clarification':
      return [view.ask]
    case 'reason':
      return [ASK_REASON]
    case 'paused':
      return [`Paused at question ${view.progress.at} of ${view.progress.of}: "cairn assess" goes on from here.`]
    case 'finished':
      return [FINISHED]
    case 'abandoned':
      return ['This assessment was given up.']
  }
}

function questionLines(question: Question, { at, of }: Progress): string[] {
  // All ways to answer are named once: what is read again at each question makes a quick assessment long.
  const isFirst = at === 1
  const head = ['', `${at} of ${of}  ${placeOf(question)}`, askOf(question)]
  if (question.kind === 'levels') {
    const options = question.options.map(({ level, label, indicator }) => `  ${level}  ${nameOf(label)}: ${indicator}`)
    return [...head, ...options, isFirst ? `A number, "between 2 and 3", ${OTHER_WAYS}.` : `A number, ${OWN_WORDS}.`]
  }
  const [stage] = question.practices
  const ways = isFirst ? OTHER_WAYS : OWN_WORDS
  if (question.practices.length === 1) return [...head, `  ${stage?.indicator}`, `yes, partly, no, ${ways}.`]
  const practices = question.practices.map(({ label, indicator }, i) => `  ${i + 1}  ${label}: ${indicator}`)
  return [...head, ...practices, `Numbers such as "1, 3", yes for all, no for none, ${ways}.`]
}
