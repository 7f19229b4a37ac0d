/** Keeps the message of each round where the round is, and says once in its channel what came out. */
import { closesByItself } from '../../assessments/create-assessments.ts'
import { oneAtATime } from '../../assessments/one-at-a-time.ts'
import type { Round, TenantId } from '../../assessments/records.ts'
import type { RoundStatus } from '../../assessments/round-status.ts'
import { messageOf } from '../../shared/errors.ts'
import type { Card } from '../chat-store.ts'
import { deliverOnce } from '../deliver-once.ts'
import { type Address, DeliveryError, type MessageRef } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { type Reply, words } from '../reply.ts'
import { visibilityOf } from '../teams/access.ts'
import { zoneOf } from '../teams/zone-of.ts'
import { closingPost, type ResultBlocks } from './closing-post.ts'
import { DELETED_CARD, roundCard, scopeText, sectionTitle } from './round-card.ts'

/** `to-starter`: nothing can be posted in the place. `later`: what failed is tried again from time to time. */
export type Begun = 'shown' | 'to-starter' | 'later'

export interface RoundCards {
  /** Shows a round in the place where it was started. The same round again shows nothing more. */
  begin(tenant: TenantId, round: Round, place: string): Promise<Begun>
  /** To be told when something may have changed. What can't be shown now is shown by `keepAll`. */
  keep(tenant: TenantId, round: string): Promise<void>
  /** From time to time. */
  keepAll(): Promise<void>
}

/** Of a card that is still to be posted. */
const UNPOSTED = ''

export function createRoundCards(deps: ChatDeps, resultBlocks: ResultBlocks): RoundCards {
  const { assessments, store, corpus, log } = deps
  const records = assessments.store.assessments
  const inTurn = oneAtATime()
  /** What each card shows, so that it is changed only when that does. After a restart each is written once more. */
  const shown = new Map<string, string>()

  const cardOf = async (tenant: TenantId, round: Round, status: RoundStatus): Promise<Reply> =>
    roundCard({
      status,
      scope: scopeText(round, corpus()),
      again: (round.revote?.sections ?? []).map((section) => sectionTitle(section, round, corpus())),
      closesByItself: await closesByItself(tenant, round, records),
      zone: await zoneOf({ tenant, person: round.startedBy }, deps),
    })

  /** @returns where it stands; undefined while it is not there yet, null where it never will be */
  const post = async (tenant: TenantId, round: Round, status: RoundStatus, card: Card): Promise<MessageRef | undefined | null> => {
    const deliver = async (key: string, to: Address, make: () => Promise<Reply>) => {
      await deliverOnce({ tenant, key, to, make }, deps)
      return store.delivery(tenant, key)
    }
    const make = async () => {
      const reply = await cardOf(tenant, round, status)
      shown.set(keyOf(tenant, round.id), JSON.stringify(reply))
      return reply
    }
    const first = await deliver(`round-card:${round.id}`, { kind: 'place', place: card.message.place }, make)
    const toStarter: Address = { kind: 'person', person: round.startedBy }
    const delivery = first?.state === 'given-up' ? await deliver(`round-card-starter:${round.id}`, toStarter, async () => elsewhere(await make())) : first
    if (delivery?.state === 'given-up') return null
    if (delivery?.state !== 'sent' || delivery.message === undefined) return undefined
    await store.saveCard(tenant, { ...card, message: delivery.message })
    return delivery.message
  }

  /** @returns whether the message shows what it should, or is gone */
  const show = async (tenant: TenantId, round: string, message: MessageRef, reply: Reply): Promise<boolean> => {
    const key = keyOf(tenant, round)
    const now = JSON.stringify(reply)
    if (shown.get(key) === now) return true
    try {
      await deps.messenger(tenant).update(tenant, message, reply)
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      log.warn({ tenant, round, error: messageOf(error) }, 'the card of a round could not be changed')
      if (error.kind === 'later') return false
    }
    shown.set(key, now)
    return true
  }

  const settle = async (tenant: TenantId, round: string) => {
    await store.settleCard(tenant, 'round', round)
    shown.delete(keyOf(tenant, round))
  }

  /** @returns whether nothing more will come of it */
  const announce = async (tenant: TenantId, status: RoundStatus, { place }: MessageRef): Promise<boolean> => {
    const key = `round-closed:${status.id}`
    const make = async () => {
      const own = (await store.placesOfTeam(tenant, status.team)).includes(place) || (await visibilityOf(tenant, status.team, deps)) === 'workspace'
      return closingPost(tenant, status, { inOwnPlace: own, resultBlocks }, deps)
    }
    const { outcome } = await deliverOnce({ tenant, key, to: { kind: 'place', place }, make }, deps)
    if (outcome !== 'already') return outcome !== 'later'
    // Sent before, or still being sent by a process that may end before it has.
    return (await store.delivery(tenant, key))?.state !== 'sending'
  }

  const keepCard = async (tenant: TenantId, card: Card): Promise<void> => {
    const round = await records.round(tenant, card.id)
    if (round === undefined) {
      if (card.message.id === UNPOSTED || (await show(tenant, card.id, card.message, DELETED_CARD))) await settle(tenant, card.id)
      return
    }
    const status = await assessments.rounds.status(tenant, card.id, '')
    const message = card.message.id === UNPOSTED ? await post(tenant, round, status, card) : card.message
    if (message === undefined) return
    if (message === null) return settle(tenant, card.id)
    const isShown = await show(tenant, card.id, message, await cardOf(tenant, round, status))
    if (status.state === 'closed' && (await announce(tenant, status, message)) && isShown) await settle(tenant, card.id)
  }

  const keep = (tenant: TenantId, round: string): Promise<void> =>
    inTurn(keyOf(tenant, round), async () => {
      const found = (await store.unsettledCards('round')).find((each) => each.tenant === tenant && each.card.id === round)
      if (found === undefined) return
      try {
        await keepCard(tenant, found.card)
      } catch (error) {
        log.error({ tenant, round, error: messageOf(error) }, 'the card of a round could not be kept')
      }
    })

  return {
    keep,

    async begin(tenant, round, place) {
      // Written down before it is posted: a process that ends in between leaves it to the next one.
      if ((await store.card(tenant, 'round', round.id)) === undefined)
        await store.saveCard(tenant, { kind: 'round', id: round.id, message: { place, id: UNPOSTED }, at: deps.now().toISOString() })
      await keep(tenant, round.id)
      const card = await store.card(tenant, 'round', round.id)
      if (card?.message.id === UNPOSTED) return 'later'
      return card?.message.place === place ? 'shown' : 'to-starter'
    },

    async keepAll() {
      for (const { tenant, card } of await store.unsettledCards('round')) await keep(tenant, card.id)
    },
  }
}

function keyOf(tenant: TenantId, round: string): string {
  return `${tenant}\n${round}`
}

/** For the starter alone, since the channel can't be reached. */
function elsewhere(card: Reply): Reply {
  const why = 'I can’t post in the channel where you started this round, so its card is here. Those who are asked hear of it from me directly.'
  return { ...card, blocks: [{ kind: 'text', parts: [words(why)] }, ...card.blocks] }
}
