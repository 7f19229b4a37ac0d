/** The bot of every chat platform: reads what was said or pressed, and hands it to the part that it is for. */
import { randomBytes } from 'node:crypto'
import { messageOf, UserError } from '../shared/errors.ts'
import { createAsking } from './asking/create-asking.ts'
import { createAssessing } from './assessing/create-assessing.ts'
import { beginningOf } from './beginning-of.ts'
import { findCommand, isCommandMessage } from './commands/find-command.ts'
import { helpCommand, helpReply } from './commands/help.ts'
import { homeCommand } from './commands/home.ts'
import { type MakePageLink, pageCommand } from './commands/page.ts'
import { commandIn, openedByButton, RUN_AGAIN } from './commands/run-again.ts'
import { createDigestsPart } from './digests/create-digests-part.ts'
import { composeFrom, type DigestsDeps } from './digests/deps.ts'
import { mayBeTold } from './digests/digest-access.ts'
import { createDigestRunner } from './digests/run-digests.ts'
import { DeliveryError, type Exchange, type Who } from './exchange.ts'
import type { ChatDeps, Command, FormHandler, PressHandler } from './feature.ts'
import { oldButton } from './press-args.ts'
import { createActionReminders } from './reminders/action-reminders.ts'
import { type FormErrors, type Press, type Prompt, plainReply, type Reply, type Submission } from './reply.ts'
import { createResults } from './results/create-results.ts'
import { createRoundsPart } from './rounds/create-rounds-part.ts'
import { sentence } from './sentence.ts'

/** What an adapter calls. Whatever goes wrong is said to the person; only a `DeliveryError` comes out: the same event is to be tried again. */
export interface Chat {
  /** What follows `/maturity`. */
  command(exchange: Exchange, typed: string): Promise<void>
  /** A mention or a direct message, without the bot's name. */
  message(exchange: Exchange, typed: string): Promise<void>
  /** Undefined: of a form that nobody knows any more. */
  press(exchange: Exchange, press: Press | undefined): Promise<void>
  /** What is wrong with the fields of a form, before its dialog closes. Whatever else is wrong is said when it is handed in. */
  checkForm(who: Who, submission: Submission): Promise<FormErrors | undefined>
  submit(exchange: Exchange, submission: Submission): Promise<void>
  /** The person's own page. */
  home(who: Who): Promise<Reply>
  /** What to ask, at most four. */
  prompts(who: Who): Promise<readonly Prompt[]>
  /** From time to time, also while an earlier one is at work: reminders, rounds that have ended, digests, what is too old to keep. */
  tick(): Promise<void>
  /** Begins nothing more; resolves when the digests that are being sent are finished. */
  stop(): Promise<void>
}

export type BotDeps = ChatDeps & Pick<DigestsDeps, 'digests' | 'summarise'> & { pageLink: MakePageLink }

const DAY_MS = 24 * 60 * 60 * 1000
/** Longer than anything is tried again. */
const DELIVERY_DAYS = 30
/** Of a word that nobody knows. */
const SHOWN = 40

export function createChat(deps: BotDeps): Chat {
  const digestDeps: DigestsDeps = { ...deps, compose: composeFrom(deps) }
  const digests = createDigestsPart(digestDeps)
  const digestRunner = createDigestRunner({ ...digestDeps, render: digests.render, mayTell: (tenant, digest) => mayBeTold(tenant, digest, digestDeps) })
  const asking = createAsking(deps)
  const results = createResults(deps, { digestLines: digests.digestLines })
  const assessing = createAssessing(deps, {
    afterStep: (tenant, run) => rounds.afterStep(tenant, run),
    startRound: (exchange, request) => rounds.startForm(exchange, request),
  })
  const rounds = createRoundsPart(deps, { openRun: assessing.openRun, resultBlocks: results.resultBlocks })
  const actionReminders = createActionReminders(deps)
  const parts = [asking, assessing, rounds, results, digests]
  const commands: readonly Command[] = [
    ...parts.flatMap((part) => part.commands),
    homeCommand(results.home),
    pageCommand(deps, deps.pageLink),
    helpCommand(() => commands),
  ]
  const runAgain: PressHandler = (exchange, args) => runCommand(exchange, commandIn(args))
  const presses: Readonly<Record<string, PressHandler>> = Object.assign({ [RUN_AGAIN]: runAgain }, ...parts.map((part) => part.presses))
  const forms: Readonly<Record<string, FormHandler>> = Object.assign({}, ...parts.map((part) => part.forms))

  async function runCommand(exchange: Exchange, typed: string): Promise<void> {
    const found = findCommand(typed, commands)
    if (found.kind === 'command') return found.command.run(exchange, found.words)
    if (found.kind === 'nothing') return exchange.whisper(helpReply(commands, exchange.ways))
    const { word, nearest } = found
    const meant = nearest === undefined ? '' : ` Did you mean “${exchange.ways.command}${nearest.name}”?`
    return exchange.whisper(helpReply(commands, exchange.ways, `I don’t know “${beginningOf(word, SHOWN)}”.${meant}`))
  }

  /** Whatever happens, the person hears of it. */
  async function saying(exchange: Exchange, what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof DeliveryError) throw error
      if (error instanceof UserError) return exchange.whisper(plainReply(sentence(error.message)))
      await exchange.whisper(plainReply(`That failed on our side. Reference ${logFault(what, exchange.who, error)}.`))
    }
  }

  /** @returns what it is found again by */
  function logFault(what: string, { tenant }: Who, error: unknown): string {
    const reference = randomBytes(2).toString('hex')
    deps.log.error({ reference, what, tenant, error: stackOf(error) }, 'failed on our side')
    return reference
  }

  return {
    command: (exchange, typed) => saying(exchange, 'command', () => runCommand(exchange, typed)),

    message: (exchange, typed) =>
      saying(exchange, 'message', async () => {
        const text = typed.trim()
        const asTyped = openedByButton(exchange, text)
        if (text === '') return asTyped.whisper(helpReply(commands, exchange.ways))
        if (isCommandMessage(text, commands)) return runCommand(asTyped, text)
        if (await assessing.takeTyped(asTyped, text)) return
        return asking.ask(asTyped, text, { audience: 'everyone' })
      }),

    press: (exchange, press) =>
      saying(exchange, `press ${press?.on}`, async () => {
        const handler = press === undefined ? undefined : own(presses, press.on)
        if (press === undefined || handler === undefined) throw oldButton()
        return handler(exchange, press.with ?? {})
      }),

    async checkForm(who, submission) {
      try {
        return await own(forms, submission.on)?.check?.(who, submission)
      } catch (error) {
        if (!(error instanceof UserError || error instanceof DeliveryError)) logFault(`check of ${submission.on}`, who, error)
        return undefined
      }
    },

    submit: (exchange, submission) =>
      saying(exchange, `form ${submission.on}`, async () => {
        const form = own(forms, submission.on)
        if (form === undefined) throw oldButton()
        return form.submit(exchange, submission)
      }),

    home: (who) => results.home(who),
    prompts: (who) => asking.prompts(who),

    async tick() {
      await Promise.all([rounds.tick(), actionReminders.tick(), digestRunner.tick()])
      const daysAgo = (days: number) => new Date(deps.now().getTime() - days * DAY_MS).toISOString()
      await deps.store.forgetAsked(daysAgo(deps.memoryDays))
      await deps.store.forgetDeliveries(daysAgo(DELIVERY_DAYS))
    },

    stop: () => digestRunner.stop(),
  }
}

/** Names come from outside: `constructor` is no press. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : messageOf(error)
}
