/** Asking: a question in a channel, a thread or a direct message, and everything that can be done with its answer. */
import { SUGGESTIONS } from '../../answers/suggestions.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Who } from '../exchange.ts'
import type { ChatDeps, Feature } from '../feature.ts'
import { readArgs } from '../press-args.ts'
import type { Prompt } from '../reply.ts'
import { ASK_AGAIN, ofAnswer, ofPassage, ofQuestion } from './args.ts'
import { askQuestion } from './ask-question.ts'
import { passageForm } from './passage-form.ts'
import { promptsFor } from './prompts.ts'
import { shareAnswer } from './share-answer.ts'
import type { Audience } from './thread-memory.ts'
import { commentHandler, countVotes, openComment, takeVote, type VoteCounts } from './votes.ts'

export interface Asking extends Feature {
  /** Also deals with what can't be answered. The same event again asks nothing anew. @throws UserError when the question can't be read */
  ask(exchange: Exchange, question: string, options: { audience: Audience }): Promise<void>
  /** What to ask, at most four. */
  prompts(who: Who): Promise<readonly Prompt[]>
  voteCounts(tenant: string, since: string): Promise<VoteCounts>
}

export function createAsking(deps: ChatDeps): Asking {
  return {
    ask: (exchange, question, { audience }) => askQuestion(exchange, question, audience, deps),
    prompts: (who) => promptsFor(who, deps),
    voteCounts: (tenant, since) => countVotes(tenant, since, deps),

    commands: [
      {
        name: 'ask',
        usage: 'your question',
        description: 'answers from the maturity models, each sentence with its source',
        async run(exchange, question) {
          if (question.trim() === '') throw new UserError(`Write your question after “ask”, for example: ask ${SUGGESTIONS[0]?.question}`)
          await askQuestion(exchange, question, audienceOf(exchange), deps)
        },
      },
    ],

    presses: {
      'passage.open': async (exchange, args) => exchange.open(passageForm(readArgs(ofPassage, args, ASK_AGAIN).passage, deps.corpus())),
      'ask.this': (exchange, args) => askPressed(exchange, readArgs(ofQuestion, args, ASK_AGAIN).question, deps),
      'ask.share': (exchange, args) => shareAnswer(exchange, readArgs(ofAnswer, args, ASK_AGAIN).answer, deps),
      'ask.vote': (exchange, args) => takeVote(exchange, args, deps),
      'ask.comment': (exchange, args) => openComment(exchange, args, deps),
    },
    forms: { 'ask.comment': commentHandler(deps) },
  }
}

/** A command that stands in a thread was typed where everybody reads on; without one it is the person's own. */
function audienceOf({ place }: Exchange): Audience {
  return place.kind === 'personal' || place.thread !== undefined ? 'everyone' : 'asker'
}

/**
 * Who presses a button has not spoken to the others: they get the answer, and can share it. What the bot offers says all that it is about, and
 * somebody else's message has nothing to do with what the person asked before.
 */
function askPressed(exchange: Exchange, question: string, deps: ChatDeps): Promise<void> {
  return askQuestion(exchange, question, exchange.place.kind === 'personal' ? 'everyone' : 'asker', deps, { standsAlone: true })
}
