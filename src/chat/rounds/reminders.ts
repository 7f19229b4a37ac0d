/** Reminds those who were asked and have not answered: privately, at most once a day, in their working hours, until they mute it. */
import { dayIn } from '../../assessments/calendar-day.ts'
import { countingRuns } from '../../assessments/count-votes.ts'
import type { Round, TenantId } from '../../assessments/records.ts'
import { answeredBy, type RoundStatus } from '../../assessments/round-status.ts'
import { messageOf } from '../../shared/errors.ts'
import { deliverOnce } from '../deliver-once.ts'
import type { ChatDeps } from '../feature.ts'
import { answerRound, stopReminding } from '../presses.ts'
import { remindersMuted } from '../reminder-setting.ts'
import { isWorkingHour } from '../reminders/working-hours.ts'
import { type Reply, strong, words } from '../reply.ts'
import { zoneOf } from '../teams/zone-of.ts'
import { scopeText } from './round-card.ts'

export interface Reminders {
  /** @param asked somebody wants it now, however new the round is @returns how many were reminded */
  remind(tenant: TenantId, round: Round, options?: { asked: boolean }): Promise<number>
  /** Of all open rounds, from time to time. */
  remindAll(): Promise<void>
}

/** Who was asked just now need not be told again. */
const LEAVE_ALONE_MS = 4 * 60 * 60 * 1000

export function createReminders(deps: ChatDeps): Reminders {
  const { assessments, store, corpus, now, log } = deps
  const records = assessments.store.assessments

  const remindOne = async (tenant: TenantId, round: Round, person: string, zone: string): Promise<boolean> => {
    if (!isWorkingHour(zone, now())) return false
    const today = dayIn(zone, now())
    const key = `reminder:${round.id}:${person}:${today}`
    const before = await store.delivery(tenant, key)
    if (before !== undefined && before.state !== 'sending') return false
    if (await remindersMuted({ tenant, person }, deps)) return false
    // It takes a while to come to the last of many: by now they may have answered.
    const status = await assessments.rounds.status(tenant, round.id, person)
    if (status.state === 'closed' || status.own.state === 'finished') return false
    const make = () => reminder(status, scopeText(round, corpus()), { zone, isLastDay: dayIn(zone, new Date(round.deadline)) === today })
    const { outcome } = await deliverOnce({ tenant, key, to: { kind: 'person', person }, make }, deps)
    return outcome === 'sent'
  }

  const remind: Reminders['remind'] = async (tenant, round, { asked } = { asked: false }) => {
    if (round.state === 'closed' || (!asked && isNew(round, now()))) return 0
    const answered = new Set(answeredBy(round, countingRuns(await records.runsOfRound(tenant, round.id))))
    const zones = new Map((await records.members(tenant, round.team)).map(({ id, timezone }) => [id, timezone]))
    const startersZone = await zoneOf({ tenant, person: round.startedBy }, deps)
    let count = 0
    for (const person of round.invited.filter((each) => !answered.has(each))) {
      try {
        const zone = zones.get(person) ?? (await records.person(tenant, person))?.timezone ?? startersZone
        if (await remindOne(tenant, round, person, zone)) count++
      } catch (error) {
        log.error({ tenant, round: round.id, error: messageOf(error) }, 'somebody could not be reminded')
      }
    }
    return count
  }

  return {
    remind,
    async remindAll() {
      for (const { tenant, card } of await store.unsettledCards('round')) {
        try {
          const round = await records.round(tenant, card.id)
          if (round !== undefined) await remind(tenant, round)
        } catch (error) {
          log.error({ tenant, round: card.id, error: messageOf(error) }, 'the people of a round could not be reminded')
        }
      }
    },
  }
}

function isNew({ startedAt }: Pick<Round, 'startedAt'>, now: Date): boolean {
  return now.getTime() < Date.parse(startedAt) + LEAVE_ALONE_MS
}

function reminder({ id, name, deadline, own, privacy }: RoundStatus, scope: string, { zone, isLastDay }: { zone: string; isLastDay: boolean }): Reply {
  const state = own.state === 'not-started' ? 'You have not answered yet.' : 'You have begun; the last answers are missing.'
  return {
    summary: `${name} waits for your answers.`,
    blocks: [
      {
        kind: 'text',
        parts: [
          strong(name),
          words(isLastDay ? ' closes today: ' : ' is open until '),
          { kind: 'time', at: deadline, zone, form: 'moment' },
          words(`. ${state}`),
        ],
      },
      { kind: 'text', parts: [words(`${scope}.`)] },
      { kind: 'note', parts: [words(privacy)] },
      {
        kind: 'buttons',
        items: [
          { kind: 'button', label: 'Answer', press: answerRound(id), style: 'primary' },
          { kind: 'button', label: 'Mute reminders', press: stopReminding() },
        ],
      },
    ],
  }
}
