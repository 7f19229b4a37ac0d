import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TENANT } from '../../chat/testing/test-platform.ts'
import { type AssessServer, type Client, createAssessServer, createClient } from '../testing/assess-server.ts'

const START_MS = 60_000
const NOW = '2026-03-02T09:00:00Z'

let server: AssessServer
beforeAll(async () => {
  server = await createAssessServer({ now: new Date(NOW) })
}, START_MS)
afterAll(() => server.close())

async function entered(name: string, ...channels: readonly string[]): Promise<{ client: Client; person: string }> {
  const { person, code } = await server.arrive(name, channels)
  const client = createClient(server.app)
  expect((await client.post('/api/session', { code })).status).toBe(200)
  return { client, person }
}
let count = 0
/** A team of the chat with a channel of its own. */
async function teamIn(channel: string): Promise<string> {
  const team = { id: `team ${++count}`, name: `Team ${count}`, createdAt: NOW }
  await server.store.assessments.saveTeam(TENANT, team)
  await server.store.chat.linkPlace(TENANT, channel, team.id)
  return team.id
}

describe('a link from a chat', () => {
  it('opens the page for whom it was made for, in a cookie that no script and no other site can use', async () => {
    const { code } = await server.arrive('Ada')
    const client = createClient(server.app)
    const { headers } = await client.post('/api/session', { code })
    expect(headers['set-cookie']).toMatch(/^cairn_session=[\w-]{32}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/)
    expect(String(headers['set-cookie'])).not.toContain(code)
    expect((await client.get('/api/me')).json).toEqual({ name: 'Ada', chat: 'Slack' })
  })

  it('works once, for ten minutes, and only the last one that was asked for', async () => {
    const used = 'This link was used already, or is older than ten minutes: say “page” to Cairn in the chat for a new one.'
    const { person, code } = await server.arrive('Ada')
    const enter = async (with_: string) => (await createClient(server.app).post('/api/session', { code: with_ })).json.error
    const second = await server.invite(person)
    expect(await enter(code)).toBe(used)
    expect(await enter(second)).toBeUndefined()
    expect(await enter(second)).toBe(used)
    const third = await server.invite(person)
    server.clock.now = new Date('2026-03-02T09:10:00Z')
    expect(await enter(third)).toBe(used)
    server.clock.now = new Date(NOW)
    for (const guess of ['', 'x', 'A'.repeat(32), `${second}\n`]) expect(await enter(guess)).toBe(used)
  })

  it('is refused where another site sends it', async () => {
    const { code } = await server.arrive('Ada')
    const foreign = await createClient(server.app).post('/api/session', { code }, { origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
    expect((await createClient(server.app).post('/api/session', { code })).status).toBe(200)
  })
})

describe('somebody from a chat', () => {
  it('is known for twelve hours, or until they leave', async () => {
    const { client } = await entered('Ada')
    server.clock.now = new Date('2026-03-02T20:59:00Z')
    expect((await client.get('/api/me')).json.name).toBe('Ada')
    server.clock.now = new Date('2026-03-02T21:00:00Z')
    expect((await client.get('/api/me')).json.name).toBeNull()
    server.clock.now = new Date(NOW)

    const { client: other, person } = await entered('Bob')
    expect((await other.post('/api/session/end')).headers['set-cookie']).toMatch(/^cairn_session=; Path=\/; Max-Age=0/)
    expect((await other.get('/api/me')).json.name).toBeNull()
    await other.post('/api/session', { code: await server.invite(person) })
    // Whoever has left the chat has left the page.
    server.platform.people.delete(person)
    expect((await other.get('/api/me')).json.name).toBeNull()
  })

  it('keeps the name that they have there, and the page’s own people keep theirs', async () => {
    const { client, person } = await entered('Ada')
    expect((await client.post('/api/me', { name: 'Root' })).json).toEqual({ name: 'Ada', chat: 'Slack' })
    expect(await server.store.assessments.person(TENANT, person)).toMatchObject({ name: 'Ada' })
    const local = createClient(server.app)
    expect((await local.post('/api/me', { name: 'Root' })).json).toEqual({ name: 'Root', chat: null })
  })

  it('joins the teams that are open to them there, and sees of others not even that they exist', async () => {
    const team = await teamIn('Cpay')
    const { client: ada } = await entered('Ada', 'Cpay')
    const { client: eve } = await entered('Eve')
    expect((await ada.get(`/api/teams/${team}`)).json).toMatchObject({ member: false, chat: 'Slack' })
    expect((await ada.post(`/api/teams/${team}/join`)).json.members).toEqual([{ name: 'Ada', you: true }])
    expect((await ada.get(`/api/teams/${team}/results`)).status).toBe(200)

    const closed = await eve.get(`/api/teams/${team}`)
    expect([closed.status, closed.json]).toEqual([404, (await eve.get('/api/teams/nowhere')).json])
    for (const rest of ['/join', '/digests', '/targets']) expect((await eve.post(`/api/teams/${team}${rest}`, {})).status).toBeGreaterThanOrEqual(403)
    expect((await eve.post('/api/teams', { name: ` team ${count} ` })).status).toBe(403)
    expect(await server.store.assessments.members(TENANT, team)).toHaveLength(1)
  })

  it('is of one chat: neither the page’s own teams nor another chat’s are theirs, and theirs are nobody else’s', async () => {
    const team = await teamIn('Cpay')
    const { client: ada } = await entered('Ada', 'Cpay')
    await ada.post(`/api/teams/${team}/join`)
    const local = createClient(server.app)
    await local.post('/api/me', { name: 'Ada' })
    const { id } = (await local.post('/api/teams', { name: 'Of the page' })).json
    expect((await ada.get(`/api/teams/${id}`)).status).toBe(404)
    expect((await local.get(`/api/teams/${team}`)).status).toBe(404)
    expect((await local.post(`/api/teams/${team}/join`)).status).toBe(404)
    expect((await local.get(`/api/teams/${team}/digests`)).status).toBe(403)
    // A team of the same name is another one.
    expect((await local.post('/api/teams', { name: `Team ${count}` })).json.id).not.toBe(team)
  })

  it('is asked into the chat for a round, and answers one they are asked in', async () => {
    const team = await teamIn('Cpay')
    const { client: ada, person } = await entered('Ada', 'Cpay')
    const { client: eve } = await entered('Eve')
    await ada.post(`/api/teams/${team}/join`)
    const asked = { name: 'Spring', scope: { model: 'kmm', extent: 'quick' } as const, deadline: '2026-03-09T09:00:00.000Z', confidential: false }
    expect((await ada.post(`/api/teams/${team}/rounds`, asked)).json.error).toMatch(/^Rounds of this team begin in its channel/)
    const { id } = await server.assessments.rounds.start(TENANT, person, { team, ...asked })
    expect((await ada.get(`/api/rounds/${id}`)).json).toMatchObject({ name: 'Spring', invited: 1 })
    expect((await eve.get(`/api/rounds/${id}`)).status).toBe(403)
    expect((await eve.post(`/api/rounds/${id}/join`)).status).toBe(403)
    const { run } = (await ada.post(`/api/rounds/${id}/join`)).json
    expect((await ada.get(`/api/runs/${run}`)).status).toBe(200)
    expect((await ada.post(`/api/rounds/${id}/revote`, { deadline: asked.deadline })).status).toBe(409)
  })
})

describe('a page with a public address', () => {
  const host = { host: 'cairn.example.com' }
  let open: AssessServer
  beforeAll(async () => {
    open = await createAssessServer({ publicUrl: 'https://cairn.example.com' })
  }, START_MS)
  afterAll(() => open.close())

  it.each(['cairn.example.com', 'localhost:3000'])('is for those who come from the chat, also as %s', async (name) => {
    const outsider = createClient(open.app, { host: name })
    for (const path of ['/api/me', '/api/models', '/api/suggestions', '/api/session', '/api/session/end'])
      expect((await outsider.get(path)).status).toBeGreaterThanOrEqual(401)
    for (const path of ['/api/me', '/api/ask', '/api/teams', '/api/session/end'])
      expect(await outsider.post(path, { name: 'Eve', question: 'What is level 2?' })).toMatchObject({
        status: 401,
        json: { error: expect.stringMatching(/^This page is for people of the chat: say “page”/) },
      })
    expect((await outsider.get('/')).status).toBe(200)
  })

  it('knows them in a cookie that goes nowhere unencrypted', async () => {
    const client = createClient(open.app, host)
    const { code } = await open.arrive('Ada')
    expect((await client.post('/api/session', { code })).headers['set-cookie']).toMatch(/; HttpOnly; SameSite=Strict; Secure$/)
    expect((await client.get('/api/me')).json.name).toBe('Ada')
    expect((await client.get('/api/models')).status).toBe(200)
    await client.post('/api/session/end')
    expect((await client.get('/api/models')).status).toBe(401)
  })

  it('is under no other name', async () => {
    expect((await createClient(open.app, { host: 'evil.example' }).get('/api/me')).status).toBe(403)
    expect((await createClient(server.app, host).get('/api/models')).status).toBe(403)
  })
})
