import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TENANT } from '../../chat/testing/test-platform.ts'
import { type AssessServer, type Client, createAssessServer, createClient } from '../testing/assess-server.ts'

const START_MS = 60_000

let server: AssessServer
beforeAll(async () => {
  server = await createAssessServer({ now: new Date('2026-06-10T08:00:00Z') })
}, START_MS)
afterAll(() => server.close())

let count = 0
/** From the chat, where they are in these channels. */
async function person(name: string, ...channels: readonly string[]): Promise<Client> {
  const client = createClient(server.app)
  const arrival = await server.arrive(name, channels)
  arrived.set(client, arrival.person)
  await client.post('/api/session', { code: arrival.code })
  return client
}
const arrived = new Map<Client, string>()
/** On another day. */
async function comeAgain(client: Client): Promise<void> {
  await client.post('/api/session', { code: await server.invite(arrived.get(client) as string) })
}
/** Who comes from no chat. */
async function stranger(name: string): Promise<Client> {
  const client = createClient(server.app)
  await client.post('/api/me', { name })
  return client
}
async function teamOf(client: Client, name = `Team ${++count}`, places: readonly string[] = []): Promise<string> {
  const { id } = (await client.post('/api/teams', { name })).json
  for (const place of places) await server.store.chat.linkPlace(TENANT, place, id)
  return id
}
async function assess(client: Client, team: string, levels: readonly number[] = [2, 3, 4, 1, 2]): Promise<void> {
  let turn = await client.post('/api/runs', { team, scope: { model: 'kmm', extent: 'quick' } })
  for (const level of levels)
    turn = await client.post(`/api/runs/${turn.json.run.id}/step`, {
      kind: 'answer',
      question: turn.json.view.question.id,
      value: { kind: 'level', level },
      version: turn.json.run.version,
      key: `press at ${turn.json.run.version}`,
    })
}
const path = (team: string, rest = '') => `/api/teams/${team}/digests${rest}`
const wish = (more: object = {}) => ({
  kind: 'weekly',
  when: 'every other Monday at 9',
  zone: 'Europe/Berlin',
  place: 'Cpay',
  model: null,
  sendWhenEmpty: false,
  ...more,
})
/** Of a team with a channel. */
async function linked(): Promise<{ ada: Client; bob: Client; team: string }> {
  const [ada, bob] = [await person('Ada', 'Cpay'), await person('Bob', 'Cpay')]
  const team = await teamOf(ada, undefined, ['Cpay'])
  await bob.post(`/api/teams/${team}/join`)
  return { ada, bob, team }
}

describe('a team’s digests', () => {
  it('are set up in plain words, with the next three days by the clock of the browser', async () => {
    const { ada, team } = await linked()
    expect((await ada.get(path(team))).json).toMatchObject({ digests: [], places: [{ id: 'Cpay', name: '#pay' }], direct: true, agreed: false })
    const { status, json } = await ada.post(path(team), wish())
    expect(status).toBe(200)
    expect(json.digests).toEqual([
      {
        id: expect.any(String),
        kind: 'weekly',
        model: null,
        place: { id: 'Cpay', name: '#pay' },
        when: 'every other Monday at 09:00 Berlin time',
        typed: 'every other Monday at 09:00 Berlin time',
        next: ['Monday 15 June 2026, 09:00 (Europe/Berlin)', 'Monday 29 June 2026, 09:00 (Europe/Berlin)', 'Monday 13 July 2026, 09:00 (Europe/Berlin)'],
        sendWhenEmpty: false,
        paused: null,
        by: 'Ada',
        mine: true,
      },
    ])
    // The same once more makes no second one.
    expect((await ada.post(path(team), wish())).json.digests).toHaveLength(1)
  })

  it('say what was understood before anything is made', async () => {
    const { ada, team } = await linked()
    expect((await ada.post(path(team, '/days'), { when: 'weekly', zone: 'Asia/Kolkata' })).json).toEqual({
      when: 'every Monday at 09:00 Kolkata time',
      next: expect.arrayContaining(['Monday 15 June 2026, 09:00 (Asia/Kolkata)']),
      assumed: ['No weekday given: Monday.', 'No time given: 09:00.', 'No place given: Asia/Kolkata.'],
    })
    expect(await ada.post(path(team, '/days'), { when: 'banana', zone: 'Europe/Berlin' })).toMatchObject({
      status: 400,
      json: { error: expect.stringMatching(/“banana” can't be read as part of a schedule\. Write for example/) },
    })
    expect((await ada.get(path(team))).json.digests).toEqual([])
  })

  it('are changed, paused, resumed and deleted by who made them, and seen by the team', async () => {
    const { ada, bob, team } = await linked()
    const { id } = (await ada.post(path(team), wish())).json.digests[0]
    server.clock.now = new Date('2026-06-17T08:00:00Z')
    await Promise.all([ada, bob].map(comeAgain))
    const changed = await ada.post(path(team, `/${id}`), wish({ when: 'every other Monday at 09:00 Berlin time', kind: 'monthly', model: 'kmm' }))
    // Its weeks stay as they were counted.
    expect(changed.json.digests).toMatchObject([
      { kind: 'monthly', model: 'kmm', next: [expect.stringContaining('29 June'), expect.anything(), expect.anything()] },
    ])
    expect((await bob.get(path(team))).json.digests).toMatchObject([{ id, by: 'Ada', mine: false }])
    for (const rest of [`/${id}`, `/${id}/pause`, `/${id}/delete`])
      expect(await bob.post(path(team, rest), { ...wish(), paused: true })).toMatchObject({
        status: 403,
        json: { error: 'Whoever set this digest up changes it: ask them.' },
      })
    expect((await ada.post(path(team, `/${id}/pause`), { paused: true })).json.digests).toMatchObject([{ paused: 'asked' }])
    expect((await ada.post(path(team, `/${id}/pause`), { paused: false })).json.digests).toMatchObject([{ paused: null }])
    expect(await server.store.digests.digest(TENANT, id)).toMatchObject({ dealtWithUntil: '2026-06-17T08:00:00.000Z' })
    expect((await ada.post(path(team, `/${id}/delete`))).json.digests).toEqual([])
    expect((await ada.post(path(team, `/${id}/delete`))).status).toBe(404)
    server.clock.now = new Date('2026-06-10T08:00:00Z')
  })

  it('go to those of the team’s channels that their maker is in', async () => {
    const { ada, team } = await linked()
    const elsewhere = 'This channel is none of the team’s, or you are not in it: choose another.'
    await person('Cleo', 'Cother')
    expect((await ada.post(path(team), wish({ place: 'Cother' }))).json.error).toBe(elsewhere)
    await server.store.chat.linkPlace(TENANT, 'Cother', team)
    expect((await ada.post(path(team), wish({ place: 'Cother' }))).json.error).toBe(elsewhere)
    expect((await ada.get(path(team))).json.places).toEqual([{ id: 'Cpay', name: '#pay' }])
  })

  it('go to their maker alone without a channel, and are seen by nobody else', async () => {
    const { ada, bob, team } = await linked()
    const [digest] = (await ada.post(path(team), wish({ place: null }))).json.digests
    expect(digest).toMatchObject({ place: null, mine: true })
    expect(await server.store.digests.digest(TENANT, digest.id)).toMatchObject({ to: { kind: 'person', person: expect.stringMatching(/^U/) } })
    expect((await bob.get(path(team))).json.digests).toEqual([])
    // Changed, it still goes where it went.
    expect((await ada.post(path(team, `/${digest.id}`), wish({ place: null, when: 'weekly' }))).json.digests).toMatchObject([{ place: null }])
    expect((await ada.post(path(team, `/${digest.id}`), wish({ place: 'Cpay' }))).json.digests).toMatchObject([{ place: { id: 'Cpay' } }])
  })

  it('can only be read by who comes from no chat, who is told how to get there', async () => {
    const local = await stranger('Ada')
    const team = await teamOf(local)
    expect((await local.get(path(team))).json).toMatchObject({ places: [], direct: false })
    for (const place of ['Cpay', null])
      expect((await local.post(path(team), wish({ place }))).json.error).toMatch(/^A digest is sent in Slack or Teams: say “page” to Cairn there/)
    expect((await local.get(path(team, '/preview?kind=weekly'))).status).toBe(200)
  })

  it.each([
    [{ when: 'every 5 minutes' }, /once a day at most/],
    [{ model: 'nope' }, /This model is no longer there/],
    [{ kind: 'daily' }, /^The kind is missing or has the wrong form/],
    [{ place: '' }, /^The place/],
    [{ when: 'x'.repeat(3000) }, /^The when is too long/],
    [{ kind: 'organisation' }, /^No team has agreed to be shown beside others yet/],
  ])('with %.60j are refused in words that help', async (more, problem) => {
    const { ada, team } = await linked()
    const { status, json } = await ada.post(path(team), wish(more))
    expect([status, json.error]).toEqual([400, expect.stringMatching(problem)])
  })

  it('are not for others, nor by another team’s address', async () => {
    const { ada, team } = await linked()
    const { id } = (await ada.post(path(team), wish())).json.digests[0]
    const eve = await person('Eve')
    for (const url of [path(team), path(team, '/preview'), path(team, '/picture.svg')]) expect((await eve.get(url)).status).toBe(403)
    for (const rest of ['', '/days', '/agreement', `/${id}`, `/${id}/delete`])
      expect((await eve.post(path(team, rest), { ...wish(), agreed: true })).status).toBe(403)
    const own = await teamOf(eve, undefined, ['Ceve'])
    expect((await eve.post(path(own, `/${id}/delete`))).status).toBe(404)
    expect((await eve.get(path(own, `/preview?digest=${id}`))).status).toBe(404)
    expect((await createClient(server.app).get(path(team))).status).toBe(401)
  })
})

describe('a preview', () => {
  it('says what a digest would, without any chat', async () => {
    const ada = await person('Ada')
    const team = await teamOf(ada, 'Payments')
    await assess(ada, team)
    const { json } = await ada.get(path(team, '/preview?kind=weekly'))
    expect(json).toMatchObject({ heading: 'Payments: KMM', empty: false, picture: { alt: expect.stringContaining('Radar') } })
    expect(json.lines[0].text).toMatch(/^First assessed by KMM: Lowest: Security and compliance at level 1/)
    expect(json.sources).toMatchObject([{ n: 1, passage: 'kmm/security/2' }])
    const svg = await ada.get(path(team, '/picture.svg?kind=weekly&theme=dark'))
    expect([svg.headers['content-type'], svg.body.slice(0, 4)]).toEqual(['image/svg+xml; charset=utf-8', '<svg'])
    expect((await ada.get(path(team, '/picture.png?kind=weekly'))).headers['content-type']).toBe('image/png')
    expect((await ada.get(path(team, '/preview?kind=weekly&model=cncf'))).json).toMatchObject({ empty: true, picture: null })
    expect((await ada.get(path(team, '/picture.svg?model=cncf'))).status).toBe(404)
    expect((await ada.get(path(team, '/preview?kind=daily'))).status).toBe(400)
  })

  it('of one that is set up is by its model', async () => {
    const { ada, team } = await linked()
    await assess(ada, team)
    const { id } = (await ada.post(path(team), wish({ model: 'cncf' }))).json.digests[0]
    expect((await ada.get(path(team, `/preview?digest=${id}`))).json.empty).toBe(true)
  })

  it('asks an old answer again, names who is left to answer, and nobody by id', async () => {
    const [ada, bob] = [await stranger('Ada'), await stranger('Bob')]
    const team = await teamOf(ada)
    await bob.post(`/api/teams/${team}/join`)
    server.clock.now = new Date('2026-01-10T08:00:00Z')
    await assess(ada, team)
    server.clock.now = new Date('2026-06-10T08:00:00Z')
    await ada.post(`/api/teams/${team}/rounds`, {
      name: 'Summer',
      scope: { model: 'cncf', extent: 'quick' },
      deadline: '2026-06-20T08:00:00.000Z',
      confidential: false,
    })
    const { json, body } = await ada.get(path(team, '/preview'))
    expect(json.lines.find(({ choices }: { choices: string[] }) => choices.length > 0).choices).toHaveLength(5)
    expect(json.lines.map(({ text }: { text: string }) => text).join('\n')).toMatch(/Left to answer: (Ada, Bob|Bob, Ada)\./)
    expect(body).not.toMatch(/web-[0-9a-f]{32}/)
  })
})

describe('a digest for leads', () => {
  it('shows teams whose people agreed, and no others', async () => {
    const { ada, bob, team } = await linked()
    await assess(ada, team)
    const quiet = await teamOf(bob, 'Quiet')
    expect((await bob.post(path(team, '/agreement'), { agreed: true })).json.agreed).toBe(true)
    const { json } = await ada.get(path(team, '/preview?kind=organisation'))
    expect(json.heading).toBe('Teams side by side: KMM')
    expect(JSON.stringify(json)).not.toContain('Quiet')
    const [digest] = (await ada.post(path(team), wish({ kind: 'organisation' }))).json.digests
    expect((await server.store.digests.digest(TENANT, digest.id))?.teams).not.toContain(quiet)
    expect((await ada.post(path(team, `/${digest.id}`), wish())).json.error).toMatch(/stays one: set another one up/)
    expect((await ada.post(path(team, '/agreement'), { agreed: false })).json.agreed).toBe(false)
  })
})
