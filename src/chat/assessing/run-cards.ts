/** The one message that shows a run: changed where it stands when something is pressed, moved to where the person writes. */
import type { Run } from '../../assessments/records.ts'
import { messageOf, UserError } from '../../shared/errors.ts'
import { deliverOnce } from '../deliver-once.ts'
import { DeliveryError, type Exchange, type MessageRef } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import type { Reply } from '../reply.ts'

/** How a run looks now. */
export interface Shown {
  run: Pick<Run, 'id'>
  reply: Reply
  /** Nothing more will happen to it. */
  settled: boolean
}

export interface RunCards {
  /** Where the card stands; an older one that was pressed goes. */
  update(exchange: Exchange, shown: Shown): Promise<void>
  /** Where it stands when it was pressed itself; from elsewhere it comes to where the person is. */
  show(exchange: Exchange, shown: Shown): Promise<void>
  /** To where the person is; from a channel to where they are alone with the bot. */
  move(exchange: Exchange, shown: Shown): Promise<void>
}

type Deps = Pick<ChatDeps, 'store' | 'messenger' | 'now' | 'log'>

export function createRunCards(deps: Deps): RunCards {
  const { store, messenger, now, log } = deps

  /** From now on it is this message; whatever showed the run before goes. */
  const keep = async (tenant: string, message: MessageRef, { run, settled }: Shown): Promise<void> => {
    const before = (await store.card(tenant, 'run', run.id))?.message
    if (!isSame(before, message)) await store.saveCard(tenant, { kind: 'run', id: run.id, message, at: now().toISOString() })
    if (settled) await store.settleCard(tenant, 'run', run.id)
    if (before !== undefined && !isSame(before, message)) await remove(tenant, before)
  }
  /** One that stays is pressed in vain, and goes then. */
  const remove = async (tenant: string, message: MessageRef): Promise<void> => {
    try {
      await messenger(tenant).remove(tenant, message)
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      log.warn({ tenant, error: messageOf(error) }, 'the former card of an assessment could not be removed')
    }
  }

  const move: RunCards['move'] = async (exchange, shown) => {
    const message = exchange.place.kind === 'personal' ? await exchange.say(shown.reply) : await postToPerson(exchange, shown, deps)
    await keep(exchange.who.tenant, message, shown)
  }

  const update: RunCards['update'] = async (exchange, shown) => {
    const { who, pressed } = exchange
    const { tenant } = who
    const card = (await store.card(tenant, 'run', shown.run.id))?.message
    // The first card may have been sent without anybody having written down where.
    if (pressed !== undefined && (card === undefined || isSame(card, pressed))) {
      await exchange.replace(shown.reply)
      return keep(tenant, pressed, shown)
    }
    const isThere = card !== undefined && (await changed(() => messenger(tenant).update(tenant, card, shown.reply)))
    if (isThere) await keep(tenant, card, shown)
    else await move(exchange, shown)
    if (pressed !== undefined) await remove(tenant, pressed)
  }

  return {
    update,
    move,
    async show(exchange, shown) {
      const { who, pressed } = exchange
      const card = await store.card(who.tenant, 'run', shown.run.id)
      await (pressed !== undefined && isSame(card?.message, pressed) ? update : move)(exchange, shown)
    },
  }
}

/** Not where somebody has deleted it. */
async function changed(update: () => Promise<void>): Promise<boolean> {
  try {
    await update()
    return true
  } catch (error) {
    if (error instanceof DeliveryError && error.kind === 'gone') return false
    throw error
  }
}

/** One message for one event, however often that is dealt with. */
async function postToPerson({ who: { tenant, person }, key, ways }: Exchange, { run, reply }: Shown, deps: Deps): Promise<MessageRef> {
  const delivery = { tenant, key: `card:${run.id}:${key}`, to: { kind: 'person', person } as const, make: () => reply }
  const result = await deliverOnce(delivery, deps)
  const message = result.outcome === 'sent' ? result.message : (await deps.store.delivery(tenant, delivery.key))?.message
  if (message !== undefined) return message
  if (result.outcome === 'gone') throw new UserError(`I can’t write to you directly. ${ways.toBeWrittenTo}, then try again.`)
  throw new DeliveryError('later', 'the card of an assessment could not be sent')
}

function isSame(a: MessageRef | undefined, b: MessageRef): boolean {
  return a !== undefined && a.place === b.place && a.id === b.id
}
