/** The first look at what somebody typed: is it text, and of a length we can work with? */
import { UserError } from '../shared/errors.ts'

export const MAX_QUESTION_CHARACTERS = 4000

export class QuestionError extends UserError {
  override readonly name = 'QuestionError'
}

/** Control characters that no keyboard types into a question; tabs and line ends are fine. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/

/**
 * The question as it is worked with: line ends and spaces made one space, lone surrogates replaced.
 * An empty question comes back empty: the assistant asks back.
 * @throws QuestionError when it is binary or longer than 4,000 characters
 */
export function readQuestion(raw: string): string {
  const question = raw.toWellFormed().trim()
  if ([...question].length > MAX_QUESTION_CHARACTERS) {
    throw new QuestionError(
      `The question has ${[...question].length} characters; at most ${MAX_QUESTION_CHARACTERS.toLocaleString('en')} can be read. Ask the part that matters most.`,
    )
  }
  if (BINARY.test(question)) throw new QuestionError('That is not text (it holds control characters). Type the question in words.')
  return question.normalize('NFC').replace(/\s+/g, ' ')
}
