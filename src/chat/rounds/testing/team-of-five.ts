/** Five people in a channel, and the ways in which they take part in a round: the real parts behind a platform that keeps what is said. */
import type { Respondent } from '../../../assessments/conversation.ts'
import { valueAt } from '../../../assessments/question-answers.ts'
import type { Round } from '../../../assessments/records.ts'
import type { Turn } from '../../../assessments/turn.ts'
import type { Engine } from '../../../engine.ts'
import type { FormErrors, FormValues, Press, Reply } from '../../reply.ts'
import { createResults } from '../../results/create-results.ts'
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts'
import { TENANT } from '../../testing/test-platform.ts'
import { createRoundsPart, type RoundsPart } from '../create-rounds-part.ts'

export const FIVE = ['U1', 'U2', 'U3', 'U4', 'U5'] as const
export const CHANNEL = 'C1'
/** Of the form; all of the channel are asked. */
export const FILLED_IN: FormValues = { scope: 'kmm quick', name: 'Spring', day: '2026-03-05', time: '17:00', privacy: 'named', people: FIVE }

/** Of a round that was filled in like this: half a minute after it has ended. */
export const AFTER_DEADLINE = '2026-03-05T16:00:30.000Z'

export interface TeamOfFive {
  deps: TestDeps
  part: RoundsPart
  /** The runs that were opened, and for whom. */
  opened: { person: string; run: string }[]
  /** Another process on the same database. */
  another(): RoundsPart
  submit(on: string, values: FormValues, options?: { by?: string; args?: Press['with']; place?: string; key?: string }): Promise<void>
  check(on: string, values: FormValues, by?: string): Promise<FormErrors | undefined>
  /** Whoever starts it is U1. */
  start(values?: FormValues): Promise<Round>
  press(press: Press, by: string, place?: string): Promise<void>
  /** To the end, with this level everywhere; `only` the first so many questions. */
  answer(round: Round, person: string, level: number, options?: { only?: number }): Promise<void>
  /** All that were started. */
  rounds(): Promise<Round[]>
  /** Whether nothing more will come of any of them. */
  isSettled(): Promise<boolean>
  /** As it stands now. */
  card(round: Pick<Round, 'id'>): Promise<Reply>
  /** Of a round: what was posted in the channel when it closed. */
  closings(): Reply[]
  /** Whom reminders went to, in order. */
  reminded(): string[]
  close(): Promise<void>
}

export async function createTeamOfFive(engine: Engine, options?: { now?: string }): Promise<TeamOfFive> {
  const deps = await createTestDeps(engine, options)
  const { platform, assessments, store } = deps
  platform.people.set('U4', { id: 'U4', name: 'Dan', timezone: 'Europe/Berlin', isAdmin: false, isBot: false })
  platform.people.set('U5', { id: 'U5', name: 'Eve', isAdmin: false, isBot: false })
  platform.people.set('UBOT', { id: 'UBOT', name: 'Helper', isAdmin: false, isBot: true })
  platform.places.set(CHANNEL, { name: '#payments', members: [...FIVE] })
  const opened: TeamOfFive['opened'] = []
  const { resultBlocks } = createResults(deps)
  const another = () => createRoundsPart(deps, { openRun: async ({ who }, run) => void opened.push({ person: who.person, run }), resultBlocks })
  const part = another()
  const exchangeOf = (person: string, place: string = CHANNEL, key?: string) =>
    platform.exchange({
      person,
      place: { id: place, kind: place.startsWith('D') ? 'personal' : 'channel' },
      ...(key === undefined ? {} : { key }),
    })

  return {
    deps,
    part,
    opened,
    another,
    submit: async (on, values, { by = 'U1', args = { place: CHANNEL }, place, key } = {}) =>
      part.forms[on]?.submit(exchangeOf(by, place, key), { on, with: args ?? {}, values }),
    check: async (on, values, by = 'U1') => part.forms[on]?.check?.({ tenant: TENANT, person: by }, { on, with: { place: CHANNEL }, values }),

    async start(values = {}) {
      await part.forms['round.start']?.submit(exchangeOf('U1'), { on: 'round.start', with: { place: CHANNEL }, values: { ...FILLED_IN, ...values } })
      const team = (await store.teamOfPlace(TENANT, CHANNEL)) as string
      return (await assessments.store.assessments.rounds(TENANT, team))[0] as Round
    },

    press: async (press, by, place) => part.presses[press.on]?.(exchangeOf(by, place), press.with ?? {}),

    async answer(round, person, level, { only = Number.POSITIVE_INFINITY } = {}) {
      const who: Respondent = { tenant: TENANT, person, surface: 'slack' }
      const run = await assessments.rounds.join(TENANT, round.id, person)
      let turn: Turn = await assessments.conversation.show(who, run.id)
      for (let given = 0; given < only && turn.view.kind === 'question'; given++) {
        const { question } = turn.view
        turn = await assessments.conversation.take(who, run.id, {
          kind: 'answer',
          version: turn.run.version,
          question: question.id,
          value: valueAt(level, question),
        })
        await part.afterStep(TENANT, turn.run)
      }
    },

    rounds: async () => assessments.store.assessments.rounds(TENANT, (await store.teamOfPlace(TENANT, CHANNEL)) ?? 'there is none'),
    isSettled: async () => (await store.unsettledCards('round')).length === 0,
    async card({ id }) {
      const card = await store.card(TENANT, 'round', id)
      return platform.messages.get(card?.message.id ?? '') as Reply
    },
    closings: () => platform.shown.filter(({ how, key }) => how === 'post' && key?.startsWith('round-closed:')).map(({ reply }) => reply),
    reminded: () => platform.shown.filter(({ key }) => key?.startsWith('reminder:')).map(({ to }) => to.replace('D-', '')),
    close: () => deps.close(),
  }
}
