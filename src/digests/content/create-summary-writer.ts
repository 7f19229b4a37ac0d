/** A chat model as what digests ask for: one sentence from given facts, within the limits of all its calls. */
import { WriterError } from '../../answers/answer-writer.ts'
import type { ChatCalls } from '../../generation/chat-calls.ts'
import { asData, loadPrompt } from '../../generation/prompt-files.ts'
import type { SummaryWriter } from './summarise.ts'

export interface SummaryWriterParts extends Pick<SummaryWriter, 'names'> {
  calls: ChatCalls
  /** Told in one sentence why a digest goes without. */
  onNotice(notice: string): void
  timeLimitMs?: number
}

/** The digest waits for it, and is sent without. */
const LIMIT_MS = 10_000
/** What the prompt lets the model say where it has nothing to say. */
const NOTHING = /^\W*nothing\W*$/i

/** @throws UserError when the prompt's file is missing or out of form */
export function createSummaryWriter({ calls, names, onNotice, timeLimitMs = LIMIT_MS }: SummaryWriterParts): SummaryWriter {
  const prompt = loadPrompt('digest')
  return {
    names,
    async phrase(facts, tenant) {
      try {
        const { text, isWhole } = await calls.ask(await prompt({ facts: asData(facts.join('\n')) }), { tenant }, { timeLimitMs })
        return isWhole && !NOTHING.test(text) ? text : undefined
      } catch (error) {
        if (!(error instanceof WriterError)) throw error
        onNotice(`a digest goes without a sentence of the chat model (${error.trouble}): ${error.message}`)
        return undefined
      }
    },
  }
}
