/** Was the answer right? One vote a person and answer, with a few words for whoever looks after the models. */
import * as z from 'zod'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Who } from '../exchange.ts'
import type { ChatDeps, FormHandler } from '../feature.ts'
import { readArgs } from '../press-args.ts'
import { type Form, type FormValues, type PressArgs, plainReply, type Reply } from '../reply.ts'
import { ASK_AGAIN, ofAnswer, ofVote } from './args.ts'

export interface VoteCounts {
  up: number
  down: number
  comments: number
}

type Deps = Pick<ChatDeps, 'store' | 'now'>

const THANKS = 'Noted, thank you.'
const COMMENT_CHARACTERS = 2_000
const values = z.object({ comment: z.string().trim().min(1).max(COMMENT_CHARACTERS) })

export async function takeVote(exchange: Exchange, args: PressArgs, deps: Deps): Promise<void> {
  const { comment, ...vote } = readArgs(ofVote, args, ASK_AGAIN)
  await assertKept(exchange.who, vote.answer, deps)
  const { tenant, person } = exchange.who
  await deps.store.saveVote(tenant, { ...vote, person, ...(comment === undefined ? {} : { comment }), at: deps.now().toISOString() })
  await exchange.whisper(vote.vote === 'up' || comment !== undefined ? plainReply(THANKS) : withCommentButton(vote.answer))
}

export async function openComment(exchange: Exchange, args: PressArgs, deps: Deps): Promise<void> {
  const { answer } = readArgs(ofAnswer, args, ASK_AGAIN)
  await assertKept(exchange.who, answer, deps)
  await exchange.open(commentForm(answer))
}

export function commentHandler(deps: Deps): FormHandler {
  return {
    async check(_who, submission) {
      const comment = read(submission.values)
      return comment === undefined ? { comment: `Write a few words, at most ${COMMENT_CHARACTERS.toLocaleString('en')} characters.` } : undefined
    },
    async submit(exchange, submission) {
      const { answer } = readArgs(ofAnswer, submission.with, ASK_AGAIN)
      const comment = read(submission.values)
      if (comment === undefined) throw new UserError('There was nothing to note: write a few words.')
      await assertKept(exchange.who, answer, deps)
      const { tenant, person } = exchange.who
      await deps.store.saveVote(tenant, { answer, person, vote: 'down', comment, at: deps.now().toISOString() })
      await exchange.whisper(plainReply('Thank you. Your note is kept with the answer.'))
    },
  }
}

export async function countVotes(tenant: string, since: string, { store }: Pick<ChatDeps, 'store'>): Promise<VoteCounts> {
  const votes = await store.votes(tenant, { since })
  const count = (vote: 'up' | 'down') => votes.filter((each) => each.vote === vote).length
  return { up: count('up'), down: count('down'), comments: votes.filter(({ comment }) => comment !== undefined).length }
}

function withCommentButton(answer: string): Reply {
  const { summary, blocks } = plainReply(THANKS)
  return {
    summary,
    blocks: [...blocks, { kind: 'buttons', items: [{ kind: 'button', label: 'Say what was wrong', press: { on: 'ask.comment', with: { answer } } }] }],
  }
}

function commentForm(answer: string): Form {
  return {
    title: 'What was wrong?',
    fields: [
      {
        id: 'comment',
        kind: 'area',
        label: 'What was wrong with the answer?',
        hint: 'For example: it is about something else, or a better passage is missing.',
        longest: COMMENT_CHARACTERS,
      },
    ],
    submit: { on: 'ask.comment', with: { answer }, label: 'Send' },
  }
}

function read(from: FormValues): string | undefined {
  return values.safeParse(from).data?.comment
}

/** @throws UserError when the answer was forgotten, or is another workspace's */
async function assertKept({ tenant }: Who, answer: string, { store }: Deps): Promise<void> {
  if ((await store.asked(tenant, answer)) === undefined) throw new UserError('That answer is no longer kept, so nothing can be noted about it. Ask again.')
}
