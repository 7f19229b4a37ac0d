/** Reminds people of their actions: all that are due in one message a day at most, privately, in their working hours, until they mute it. */
import { dayIn } from '../../assessments/calendar-day.ts'
import type { TenantId } from '../../assessments/records.ts'
import { messageOf } from '../../shared/errors.ts'
import { daysAfter } from '../../shared/zoned-time.ts'
import { deliverOnce } from '../deliver-once.ts'
import type { Address, Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { remindersMuted } from '../reminder-setting.ts'
import { zoneOf } from '../teams/zone-of.ts'
import { dueAround, firstReminderOf, remindedSince } from './action-days.ts'
import { actionReminder, type DueAction } from './action-reminder.ts'
import { unlessUnderWay } from './unless-under-way.ts'
import { isWorkingHour } from './working-hours.ts'

export interface ActionReminders {
  /** From time to time. One that is still under way is left to it. */
  tick(): Promise<void>
}

type Deps = Pick<ChatDeps, 'assessments' | 'directory' | 'messenger' | 'store' | 'now' | 'log'>

/** Terminal and web page have a tenant of their own, in which nobody can be written to. */
const IN_A_CHAT = /^(?:slack|teams):/

export function createActionReminders(deps: Deps): ActionReminders {
  const { store, directory, messenger, now, log } = deps
  const records = deps.assessments.store.assessments

  /** In the teams that they are in: what is done, deleted or another's by now is not among them. */
  const dueFor = async ({ tenant, person }: Who, today: string): Promise<DueAction[]> => {
    const teams = await records.teamsOf(tenant, person)
    const all = await Promise.all(teams.map(async (team) => (await records.actions(tenant, team.id)).map((action) => ({ team, action }))))
    return all
      .flat()
      .flatMap(({ team, action: { due, ...action } }) => (due === undefined ? [] : [{ team, action: { ...action, due } }]))
      .filter(({ action }) => action.owner === person && firstReminderOf(action.due) <= today)
      .toSorted((a, b) => a.action.due.localeCompare(b.action.due))
  }

  const wasTold = async (tenant: TenantId, key: string, to: Address): Promise<boolean> => {
    const delivery = await store.delivery(tenant, key)
    if (delivery?.state !== 'sending') return delivery?.state === 'sent'
    // Whoever was sending it may have ended before that was written down.
    const message = await messenger(tenant).find(tenant, to, key, delivery.firstAt)
    if (message !== undefined) await store.markSent(tenant, key, message)
    return message !== undefined
  }

  const remind = async (who: Who): Promise<void> => {
    const { tenant, person } = who
    const known = await directory(tenant).person(tenant, person)
    if (known === undefined || known.isBot) return
    const zone = await zoneOf(who, deps)
    if (!isWorkingHour(zone, now())) return
    const today = dayIn(zone, now())
    const since = (await dueFor(who, today))
      .flatMap(({ action }) => remindedSince(action.due, today) ?? [])
      .toSorted()
      .at(-1)
    if (since === undefined || (await remindersMuted(who, deps))) return
    const to: Address = { kind: 'person', person }
    const keyOf = (day: string) => `action-reminder:${person}:${day}`
    // Each message tells of everything that was due by then.
    for (let day = since; day < today; day = daysAfter(day, 1)) if (await wasTold(tenant, keyOf(day), to)) return
    const make = async () => {
      const due = await dueFor(who, today)
      if (due.length === 0) throw new Error('nothing is due any more')
      return actionReminder(due, today)
    }
    await deliverOnce({ tenant, key: keyOf(today), to, make }, deps)
  }

  return {
    tick: unlessUnderWay(async () => {
      const { from, to } = dueAround(now())
      for (const who of await store.ownersOfDue(from, to)) {
        if (!IN_A_CHAT.test(who.tenant)) continue
        try {
          await remind(who)
        } catch (error) {
          log.error({ tenant: who.tenant, error: messageOf(error) }, 'somebody could not be reminded of their actions')
        }
      }
    }),
  }
}
