/** The bot of every chat platform: reads what was said or pressed, and hands it to the part that it is for. */
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { messageOf, UserError } from '../shared/errors.ts'
import { createAsking } from './asking/create-asking.ts'
import type { Prompt } from './asking/prompts.ts'
import { createAssessing } from './assessing/create-assessing.ts'
import { findCommand, isCommandMessage } from './commands/find-command.ts'
import { commandPrefix, helpCommand, helpReply } from './commands/help.ts'
import { DeliveryError, type Exchange, type Who } from './exchange.ts'
import type { ChatDeps, Command, FormHandler, PressHandler } from './feature.ts'
import { type Form, type FormErrors, type Press, plainReply, type Reply, type Submission, words } from './reply.ts'
import { createResults } from './results/create-results.ts'
import { createRoundsPart } from './rounds/create-rounds-part.ts'

/** What an adapter calls. Whatever goes wrong is said to the person; only a `DeliveryError` comes out: the same event is to be tried again. */
export interface Chat {
  /** What follows `/maturity`. */
  command(exchange: Exchange, typed: string): Promise<void>
  /** A mention or a direct message, without the bot's name. */
  message(exchange: Exchange, typed: string): Promise<void>
  /** Undefined: of a form that nobody knows any more. */
  press(exchange: Exchange, press: Press | undefined): Promise<void>
  /** What is wrong with a form, before its dialog closes. */
  checkForm(who: Who, submission: Submission): Promise<FormErrors | undefined>
  submit(exchange: Exchange, submission: Submission): Promise<void>
  /** The person's own page. */
  home(who: Who): Promise<Reply>
  /** What to ask, at most four. */
  prompts(who: Who): Promise<readonly Prompt[]>
  /** From time to time: reminders, rounds that have ended, what is too old to keep. */
  tick(): Promise<void>
}

const OLD_BUTTON = 'This button is from an older message and does nothing any more. Say “help” to see what can be done.'
const DAY_MS = 24 * 60 * 60 * 1000
/** Longer than anything is tried again. */
const DELIVERY_DAYS = 30
const rerun = z.object({ text: z.string().max(1_000) })

export function createChat(deps: ChatDeps): Chat {
  const asking = createAsking(deps)
  const results = createResults(deps)
  const assessing = createAssessing(deps, {
    afterStep: (tenant, run) => rounds.afterStep(tenant, run),
    startRound: (exchange, request) => rounds.startForm(exchange, request),
  })
  const rounds = createRoundsPart(deps, { openRun: assessing.openRun, resultBlocks: results.resultBlocks })
  const parts = [asking, assessing, rounds, results]
  const commands: readonly Command[] = [...parts.flatMap((part) => part.commands), helpCommand(() => commands)]
  const presses: Readonly<Record<string, PressHandler>> = Object.assign({ 'command.run': pressCommand }, ...parts.map((part) => part.presses))
  const forms: Readonly<Record<string, FormHandler>> = Object.assign({}, ...parts.map((part) => part.forms))

  async function runCommand(exchange: Exchange, typed: string): Promise<void> {
    const found = findCommand(typed, commands)
    if (found.kind === 'command') return found.command.run(exchange, found.words)
    if (found.kind === 'nothing') return exchange.whisper(helpReply(commands, exchange.platform))
    const { word, nearest } = found
    const meant = nearest === undefined ? '' : ` Did you mean “${commandPrefix(exchange.platform)}${nearest.name}”?`
    return exchange.whisper(helpReply(commands, exchange.platform, `I don’t know “${word.slice(0, 40)}”.${meant}`))
  }

  async function pressCommand(exchange: Exchange, args: unknown): Promise<void> {
    const read = rerun.safeParse(args)
    if (!read.success) throw new UserError(OLD_BUTTON)
    return runCommand(exchange, read.data.text)
  }

  /** Whatever happens, the person hears of it. */
  async function saying(exchange: Exchange, what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof DeliveryError) throw error
      if (error instanceof UserError) return exchange.whisper(plainReply(sentence(error.message)))
      const reference = randomBytes(2).toString('hex')
      deps.log.error({ reference, what, tenant: exchange.who.tenant, error: stackOf(error) }, 'failed on our side')
      await exchange.whisper(plainReply(`That failed on our side. Reference ${reference}.`))
    }
  }

  return {
    command: (exchange, typed) => saying(exchange, 'command', () => runCommand(exchange, typed)),

    message: (exchange, typed) =>
      saying(exchange, 'message', async () => {
        const text = typed.trim()
        const asTyped = withButtonForForms(exchange, text)
        if (text === '') return asTyped.whisper(helpReply(commands, exchange.platform))
        if (isCommandMessage(text, commands)) return runCommand(asTyped, text)
        if (await assessing.takeTyped(asTyped, text)) return
        return asking.ask(asTyped, text, { audience: 'everyone' })
      }),

    press: (exchange, press) =>
      saying(exchange, `press ${press?.on}`, async () => {
        const handler = press === undefined ? undefined : own(presses, press.on)
        if (press === undefined || handler === undefined) throw new UserError(OLD_BUTTON)
        return handler(exchange, press.with ?? {})
      }),

    checkForm: async (who, submission) => own(forms, submission.on)?.check?.(who, submission),

    submit: (exchange, submission) =>
      saying(exchange, `form ${submission.on}`, async () => {
        const form = own(forms, submission.on)
        if (form === undefined) throw new UserError(OLD_BUTTON)
        return form.submit(exchange, submission)
      }),

    home: (who) => results.home(who),
    prompts: (who) => asking.prompts(who),

    async tick() {
      await rounds.tick()
      const daysAgo = (days: number) => new Date(deps.now().getTime() - days * DAY_MS).toISOString()
      await deps.store.forgetAsked(daysAgo(deps.memoryDays))
      await deps.store.forgetDeliveries(daysAgo(DELIVERY_DAYS))
    },
  }
}

/** Names come from outside: `constructor` is no press. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** Typed text can't open a dialog; the button does, and leads to the same. */
function withButtonForForms(exchange: Exchange, typed: string): Exchange {
  const open = (form: Form) => {
    const parts = [words('This needs a few details.')]
    const label = form.title
    return exchange.whisper({
      summary: `${label}: this needs a few details.`,
      blocks: [
        { kind: 'text', parts },
        { kind: 'buttons', items: [{ kind: 'button', label, press: { on: 'command.run', with: { text: typed } }, style: 'primary' }] },
      ],
    })
  }
  return { ...exchange, open }
}

/** Messages begin small where they follow a name, as on a terminal. */
function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}`
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : messageOf(error)
}
