/** The first look at what somebody typed: is it text, and of a length we can work with? */
import { UserError } from '../shared/errors.ts'

export const MAX_QUESTION_CHARACTERS = 4000

export class QuestionError extends UserError {
  override readonly name = 'QuestionError'
}

/** Control characters that no keyboard types into a question; tabs and line ends are fine. */
const BINARY = /[\p{Cc}--[\t\n\v\f\r\u0085]]/v

/**
 * The question as it is worked with: line ends and spaces made one space, half characters replaced.
 * An empty question comes back empty: the assistant asks back.
 * @throws QuestionError when it is binary or longer than 4,000 characters
 */
export function readQuestion(raw: string, what = 'question'): string {
  const question = raw.toWellFormed().trim()
  if ([...question].length > MAX_QUESTION_CHARACTERS) {
    throw new QuestionError(
      `The ${what} has ${[...question].length} characters; at most ${MAX_QUESTION_CHARACTERS.toLocaleString('en')} can be read. Keep the part that matters most.`,
    )
  }
  if (BINARY.test(question)) throw new QuestionError(`That is not text (it holds control characters). Type the ${what} in words.`)
  return question.normalize('NFC').replace(/\s+/g, ' ')
}
