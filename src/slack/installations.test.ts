import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { repliesTo, shownIn, type Talk, toldTo } from './testing/conversation.ts'
import { QUESTION } from './testing/conversation-asking.ts'
import { answerAll } from './testing/conversation-assessing.ts'
import { expectNothingToldOff } from './testing/conversation-log.ts'
import type { WorkspaceSeed } from './testing/seed.ts'
import { type SlackBot, startSlackBot } from './testing/slack-bot.ts'

const WORKSPACES: readonly WorkspaceSeed[] = ['A', 'B'].map((name) => ({
  id: `T${name}`,
  users: [
    { id: `U${name}1`, name: `Ada ${name}` },
    { id: `U${name}2`, name: `Bob ${name}` },
  ],
  channels: [{ id: `C${name}`, name: 'payments' }],
  installed: false,
}))

describe.each(['socket', 'http'] as const)('many workspaces, by %s', (mode) => {
  const keys = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')] as const
  const env: Record<string, string> = {}
  let bot: SlackBot
  beforeAll(async () => {
    Object.assign(env, { CAIRN_SECRET_KEY: keys[0], SLACK_STATE_SECRET: 'state-secret-of-tests' })
    bot = await startSlackBot({ mode, workspaces: WORKSPACES, oauth: true, env })
  }, 120_000)
  afterAll(() => bot.close())

  const person = (team: 'A' | 'B', n = 1) => bot.server.user(`U${team}${n}`)
  const install = (team: 'A' | 'B', consent: { refuses?: boolean } = {}) =>
    bot.server.install(`${bot.app.url}/slack/install`, { user: `U${team}1`, team: `T${team}`, ...consent })
  const answered = async (team: 'A' | 'B') => {
    const asked = person(team).mention(`C${team}`, QUESTION)
    return bot.server.until(() => repliesTo(bot, asked)[0], 8_000)
  }
  const tokensIn = async () => {
    const names = (await readdir(bot.directory)).filter((name) => name.startsWith('cairn.db'))
    return (await Promise.all(names.map((name) => readFile(join(bot.directory, name), 'latin1')))).join('')
  }

  it('the app is installed by whoever says yes, and answers with each workspace’s own token', async () => {
    const refused = await install('A', { refuses: true })
    expect(refused.status).toBe(403)
    expect(refused.text).toBe('The app was not installed. To install it after all, open the installation page again.')
    expect((await install('A')).status).toBe(200)
    expect((await install('B')).status).toBe(200)
    expect(shownIn(await answered('A'))).toMatch(/\[1\] .+: “[^”]+”/)
    expect(shownIn(await answered('B'))).toMatch(/\[1\] .+: “[^”]+”/)
    const posts = bot.server.calls.filter(({ method }) => method === 'chat.postMessage')
    expect(posts.map(({ team, args }) => [team, args.channel])).toEqual([
      ['TA', 'CA'],
      ['TB', 'CB'],
    ])
    expectNothingToldOff(bot)
  })

  it('tokens are not readable in the database', async () => {
    const bytes = await tokensIn()
    expect(bytes).toContain('slack:TA')
    for (const team of ['TA', 'TB']) expect(bytes).not.toContain(bot.server.botToken(team))
    expect(bytes).not.toContain('xoxb-')
    expect(bytes).not.toContain('client-secret-of-tests')
  })

  it('what a workspace has is not there for another', async () => {
    const talk = (team: 'A' | 'B') =>
      ({ server: bot.server, until: (check: () => unknown) => bot.server.until(check, 8_000) }) as unknown as Talk & { team: typeof team }
    await person('A').command('CA', '/maturity', 'assess kmm quick')
    const end = await answerAll(talk('A'), person('A'), 'Level 2')
    await person('B').command('CB', '/maturity', 'results #payments')
    await bot.server.until(() => toldTo(bot, person('B')).some((said) => said.includes('There is no such team')))
    // The other's button, pressed in one's own workspace.
    const asked = repliesTo(bot, bot.server.messagesIn('CB')[0] ?? { channel: 'CB', ts: '' })[0]
    if (asked === undefined) throw new Error('nobody asked')
    const [foreign] = (JSON.stringify(end.blocks).match(/\[\\"results\.show\\"[^\]]*\]/) ?? []).map((code) => JSON.parse(`"${code}"`) as string)
    const before = toldTo(bot, person('B')).length
    await person('B').pressRaw(asked, { type: 'button', action_id: 'results.show:0', block_id: 'b', value: foreign, action_ts: '1.1' })
    expect(await bot.server.until(() => toldTo(bot, person('B'))[before])).toContain('There is no such team')
    expectNothingToldOff(bot)
  })

  it('a new key opens what the former one sealed, and seals it anew, so that the former can go', async () => {
    Object.assign(env, { CAIRN_SECRET_KEY: keys[1], CAIRN_SECRET_KEY_FORMER: keys[0] })
    await bot.restart()
    await answered('A')
    delete env.CAIRN_SECRET_KEY_FORMER
    await bot.restart()
    await answered('A')
    await answered('B')
    expectNothingToldOff(bot)
  }, 60_000)

  it('without the key the start says what to do', async () => {
    Object.assign(env, { CAIRN_SECRET_KEY: randomBytes(32).toString('hex') })
    await expect(bot.restart()).rejects.toThrow(/CAIRN_SECRET_KEY_FORMER/)
    Object.assign(env, { CAIRN_SECRET_KEY: keys[1] })
    await bot.restart()
    await answered('A')
  }, 60_000)

  it('a removed app forgets its tokens, and comes back with new ones', async () => {
    const installed = async () => {
      const store = await openStore(`sqlite:${bot.directory}/cairn.db`)
      const ids = (await store.installations.installations('slack')).map(({ id }) => id)
      await store.close()
      return ids.toSorted()
    }
    expect(await installed()).toEqual(['TA', 'TB'])
    const calls = () => bot.server.calls.filter(({ team }) => team === 'TA').length
    await bot.server.settled()
    bot.server.uninstall('TA')
    await bot.server.settled()
    await bot.server.until(async () => (await installed()).length === 1)
    expect(await installed()).toEqual(['TB'])
    const before = calls()
    const ignored = person('A').mention('CA', QUESTION)
    await answered('B')
    expect(repliesTo(bot, ignored)).toEqual([])
    expect(calls()).toBe(before)
    expect((await install('A')).status).toBe(200)
    await answered('A')
    expectNothingToldOff(bot)
  })

  it('tokens that were revoked without a word leave the others alone', async () => {
    bot.server.revokeTokens('TA')
    const lost = person('A').mention('CA', QUESTION)
    await answered('B')
    await bot.server.settled()
    expect(repliesTo(bot, lost)).toEqual([])
    expect((await install('A')).status).toBe(200)
    await answered('A')
    expectNothingToldOff(bot)
  })

  it('a made-up code or state installs nothing', async () => {
    const saved = await fetch(`${bot.app.url}/slack/oauth_redirect?code=made-up&state=made-up`)
    expect(saved.status).toBe(400)
    expect(await saved.text()).toContain('was not begun here')
    const { status } = await fetch(`${bot.app.url}/slack/oauth_redirect`)
    expect(status).toBe(400)
    await answered('A')
    expect(bot.log()).not.toMatch(/xox[bpea]|xapp-|client-secret-of-tests|state-secret-of-tests/)
    expect(bot.log()).not.toContain('security at level 2')
  })
})

describe('a request that Slack did not sign', () => {
  let bot: SlackBot
  beforeAll(async () => {
    bot = await startSlackBot({ mode: 'http' })
  }, 120_000)
  afterAll(() => bot.close())

  const mention = () => {
    const { server } = bot
    const event = { type: 'app_mention', user: 'U1', channel: 'C1', text: `<@${server.botUser()}> ${QUESTION}`, ts: server.world.ids.ts() }
    return { type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event_id: server.world.ids.next('Ev'), event_time: 1, event }
  }

  it.each([
    ['the wrong secret', { secret: 'another' }],
    ['no proper signature', { signature: 'v0=00' }],
    ['the signature of something else', { signature: `v0=${'a'.repeat(64)}` }],
    ['an old timestamp', { timestamp: Math.floor(Date.now() / 1000) - 6 * 60 }],
    ['a timestamp that is none', { timestamp: Number.NaN }],
  ])('is refused with 401 and does nothing: %s', async (_what, options) => {
    const before = bot.server.calls.length
    expect((await bot.server.post('events_api', mention(), options)).status).toBe(401)
    expect(
      (await bot.server.post('slash_commands', { command: '/maturity', text: 'help', user_id: 'U1', channel_id: 'C1', team_id: 'T1' }, options)).status,
    ).toBe(401)
    expect(bot.server.calls).toHaveLength(before)
  })

  it('is taken when it is signed, and the address is verified', async () => {
    await bot.server.verifyUrl()
    bot.server.user('U1').say('C1', 'hello')
    expect((await bot.server.post('events_api', { ...mention(), event: { ...mention().event, ts: bot.server.messagesIn('C1')[0]?.ts } })).status).toBe(200)
    await bot.server.until(() => bot.server.messagesIn('C1', { thread: bot.server.messagesIn('C1')[0]?.ts ?? '' })[1])
  })

  it.each(['GET', 'PUT'])('with %s, or elsewhere, finds nothing', async (method) => {
    expect((await fetch(`${bot.app.url}/slack/events`, { method })).status).toBe(404)
    expect((await fetch(`${bot.app.url}/slack/install`)).status).toBe(404)
    expect((await fetch(`${bot.app.url}/slack/nothing`, { method: 'POST', body: '{}' })).status).toBe(404)
  })
})

describe('a token that Slack refuses', () => {
  it.each([
    ['the bot token', 'socket', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, /Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)/],
    ['the bot token', 'http', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, /Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)/],
    ['the app token', 'socket', { SLACK_APP_TOKEN: 'xapp-wrong' }, /Slack refuses SLACK_APP_TOKEN/],
  ] as const)(
    '%s, by %s, is told at start in one line',
    async (_what, mode, env, told) => {
      const failure = await startSlackBot({ mode, env }).then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(failure).toMatchObject({ name: 'UserError', message: expect.stringMatching(told) })
      expect((failure as Error).message).not.toContain('-wrong')
    },
    60_000,
  )
})
