/** Whatever comes in: random command texts, action values and view states, hostile, broken and huge. The bot answers on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cardWith, repliesTo, shownIn, type Talk, talkIn, workspaceFor } from './testing/conversation.ts'
import { QUESTION } from './testing/conversation-asking.ts'
import { answerAll } from './testing/conversation-assessing.ts'
import { expectNothingToldOff, linesOf } from './testing/conversation-log.ts'
import { createRandom, type Random } from './testing/conversation-random.ts'
import { type SlackBot, startSlackBot } from './testing/slack-bot.ts'
import type { SlackView, Wire } from './testing/world.ts'

const COMMANDS = 700
const ACTIONS = 700
const VIEWS = 600
const AT_ONCE = 10

/** The presses and forms that the bot knows, which random args are aimed at. */
const NAMES = [
  'passage.open ask.this ask.share ask.vote ask.comment command.run assess.choose assess.go-on assess.start assess.answer assess.between assess.not-sure',
  'assess.confirm assess.not-applicable assess.reject assess.back assess.pause assess.resume assess.abandon assess.type assess.reason assess.practices',
  'assess.change round.choose round.answer round.mute round.remind round.invite round.close round.start round.revote results.show results.share',
  'results.export action.list action.make action.change action.done action.reopen target.set settings.open settings.save constructor __proto__ read',
]
  .join(' ')
  .split(' ')
const KEYS = 'run version question level state lower note team model section passage text answer vote round place action nameTeam'.split(' ')

describe('2,000 things that nobody should send', () => {
  let bot: SlackBot
  let talk: Talk
  /** What real buttons and dialogs carry, to be sent a little wrong. */
  const codes: string[] = []
  const views: SlackView[] = []
  const random = createRandom(2_000)
  beforeAll(async () => {
    bot = await startSlackBot({ mode: 'http', workspaces: [workspaceFor(2)] })
    talk = talkIn(bot, 0, { ms: 20_000 })
    await collect()
  }, 120_000)
  afterAll(() => bot.close())

  /** A run, results, a round and their dialogs. */
  async function collect(): Promise<void> {
    const { ada, channel, server } = talk
    const see = (...messages: { blocks?: Wire[] }[]) => void codes.push(...messages.flatMap(({ blocks }) => codesIn(blocks)))
    await ada.command(channel, '/maturity', 'assess kmm quick')
    const card = await cardWith(talk, ada, '› 1 of 5')
    see(card)
    views.push(await talk.dialog(ada, () => ada.press(card, 'Type an answer')))
    see(await answerAll(talk, ada, 'Level 2'))
    await ada.command(channel, '/maturity', 'results')
    const results = await talk.until(() => server.ephemeralFor(ada.id).find((message) => shownIn(message).includes('Next steps')))
    see(results)
    for (const label of ['Set a target', 'Make it an action', 'Settings', 'Assess again', 'Start a round'])
      views.push(await talk.dialog(ada, () => ada.press(results, label)))
    const asked = ada.mention(channel, QUESTION)
    const answer = await talk.until(() => repliesTo(talk, asked)[0])
    see(answer)
    await ada.press(answer, 'Not helpful')
    const thanks = await talk.until(() => server.ephemeralFor(ada.id).find((message) => shownIn(message).includes('Noted')))
    views.push(await talk.dialog(ada, () => ada.press(thanks, 'Say what was wrong')))
    see(...views)
  }

  const inBatches = async (count: number, act: (at: number) => Promise<unknown>) => {
    for (let at = 0; at < count; at += AT_ONCE) await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, i) => act(at + i)))
    await bot.server.settled()
  }
  const someone = () => random.pick(talk.people)
  const place = () => random.pick([talk.channel, talk.channel, talk.elsewhere])

  it(`${COMMANDS} command texts`, async () => {
    await inBatches(COMMANDS, async () => {
      const person = someone()
      await person.command(random.below(4) === 0 ? person.dmChannel : place(), '/maturity', random.words(random.below(80) === 0 ? 8_000 : 300))
    })
    await stillThere(0)
  }, 120_000)

  it(`${ACTIONS} action values`, async () => {
    const on = bot.server.ephemeralFor(talk.ada.id).at(-1)
    const message = bot.server.allMessagesIn(talk.channel).find(({ bot_id }) => bot_id !== undefined)
    const home = views[0]
    if (on === undefined || message === undefined || home === undefined) throw new Error('nothing to press')
    await inBatches(ACTIONS, async () => {
      const value = code(random, codes)
      const action: Wire = random.pick<Wire>([
        { type: 'button', value },
        { type: 'feedback_buttons', value },
        { type: 'static_select', selected_option: { text: { type: 'plain_text', text: 'x' }, value } },
        { type: 'static_select', selected_option: null },
        { type: 'users_select', selected_user: 'U1' },
        { type: 'button', value: random.json() as string },
      ])
      await someone().pressRaw(random.pick([on, message, message]), { ...action, action_id: random.words(40) || 'x', block_id: 'b', action_ts: '1.1' })
    })
    await stillThere(1)
  }, 120_000)

  it(`${VIEWS} view states`, async () => {
    await inBatches(VIEWS, async () => {
      const { status } = await bot.server.post('interactive', submission(random, bot, someone().id, views))
      expect(status).toBe(200)
    })
    await stillThere(2)
  }, 120_000)

  it('no token and nothing of what was typed stands in the log', () => {
    expect(bot.log()).not.toMatch(/xox[bpea]-|DROP TABLE|evil\.example|etc\/passwd/)
    expect(linesOf(bot.log()).filter(({ level }) => level >= 50)).toEqual([])
  })

  /** Nobody else is kept waiting, and Slack found nothing wrong. */
  async function stillThere(at: number): Promise<void> {
    const other = talkIn(bot, 1, { ms: 60_000 })
    const person = other.people[at] ?? other.ada
    const asked = person.mention(other.channel, QUESTION)
    expect(shownIn(await other.until(() => repliesTo(other, asked)[0]))).toMatch(/\[1\] .+: “[^”]+”/)
    expectNothingToldOff(bot)
  }
})

function codesIn(blocks: unknown): string[] {
  return (JSON.stringify(blocks ?? []).match(/"value":"(\[\\"(?:[^"\\]|\\.)*)"/g) ?? []).map((found) => (JSON.parse(`{${found}}`) as { value: string }).value)
}

function args(random: Random): Wire {
  return Object.fromEntries(Array.from({ length: random.below(6) }, () => [random.pick(KEYS), random.json(1)]))
}

/** A real one a little wrong, one that is only well formed, or anything. */
function code(random: Random, codes: readonly string[]): string {
  const real = random.pick(codes)
  switch (random.below(6)) {
    case 0:
      return real.slice(0, random.below(real.length))
    case 1:
      return real.replace(/\d/g, () => String(random.below(10)))
    case 2:
      return real
    case 3:
      return random.words(random.below(20) === 0 ? 100_000 : 200)
    case 4:
      return JSON.stringify([random.pick(NAMES), { ...(JSON.parse(real)[1] ?? {}), ...args(random) }])
    default:
      return JSON.stringify([random.pick(NAMES), args(random)])
  }
}

function submission(random: Random, { server }: SlackBot, user: string, views: readonly SlackView[]): Wire {
  const view = random.pick(views)
  const target = JSON.parse(view.private_metadata) as Wire
  const metadata = random.pick([
    view.private_metadata,
    JSON.stringify({ ...target, on: random.pick(NAMES) }),
    JSON.stringify({ ...target, with: args(random) }),
    JSON.stringify({ ...target, place: random.json(2) }),
    JSON.stringify({ ...target, pressed: { place: 'C0IN', id: '1700000000.000001' } }),
    JSON.stringify(random.json()),
    random.words(3_000),
    '',
  ])
  const fields = view.blocks.filter(({ type }) => type === 'input').map(({ block_id: id, element }) => [String(id), element as Wire] as const)
  const values = Object.fromEntries(
    fields.flatMap(([id, element]): [string, unknown][] => {
      const type = random.below(8) === 0 ? random.pick(['plain_text_input', 'static_select', 'checkboxes', 'datepicker', 'x']) : element.type
      const value = random.pick([random.words(random.below(30) === 0 ? 50_000 : 300), random.json(1), '2030-02-30', '2030-01-01', '25:99', '17:00', null])
      const option = { text: { type: 'plain_text', text: 'x' }, value: String(random.pick([value, 'kmm quick', 'named', 'team', 'me', '3'])) }
      const state = { type, value, selected_option: random.pick([option, null, value]), selected_options: random.pick([[option], [], value]) }
      const days = { selected_date: value, selected_time: value, selected_users: random.pick([[user, 'U0P1'], [value], value, ['UNKNOWN']]) }
      return random.below(10) === 0 ? [] : [[id, { [random.below(12) === 0 ? random.words(20) : String(element.action_id)]: { ...state, ...days } }]]
    }),
  )
  return {
    type: 'view_submission',
    team: { id: 'T1', domain: 't1' },
    user: { id: user, name: user, team_id: 'T1' },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: server.appId,
    token: 'x',
    trigger_id: `${random.below(1e9)}.${random.below(1e9)}.x`,
    view: {
      ...view,
      callback_id: random.below(20) === 0 ? random.words(40) : view.callback_id,
      private_metadata: metadata,
      state: { values: random.below(20) === 0 ? random.json() : values },
    },
    response_urls: [],
  }
}
