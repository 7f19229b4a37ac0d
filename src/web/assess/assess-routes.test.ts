import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AssessServer, type Client, createAssessServer, createClient, type Received } from '../testing/assess-server.ts'
import { createTestServer } from '../testing/test-server.ts'

const KMM = { model: 'kmm', extent: 'quick' }
const START_MS = 30_000
const HOUR_MS = 3_600_000

let server: AssessServer
beforeAll(async () => {
  server = await createAssessServer({ now: new Date('2026-03-02T09:00:00Z') })
}, START_MS)
afterAll(() => server.close())

let count = 0
/** Somebody new, known by that name. */
async function person(name: string): Promise<Client> {
  const client = createClient(server.app)
  expect((await client.post('/api/me', { name })).status).toBe(200)
  return client
}
async function teamOf(client: Client, name = `Team ${++count}`): Promise<string> {
  return (await client.post('/api/teams', { name })).json.id
}
const start = (client: Client, team: string, scope: object = KMM) => client.post('/api/runs', { team, scope })
const press = (client: Client, turn: Received, value: object, more: object = {}) =>
  client.post(`/api/runs/${turn.json.run.id}/step`, {
    kind: 'answer',
    question: turn.json.view.question.id,
    value,
    version: turn.json.run.version,
    key: `press at ${turn.json.run.version}`,
    ...more,
  })
const say = (client: Client, turn: Received, text: string) =>
  client.post(`/api/runs/${turn.json.run.id}/step`, { kind: 'text', text, version: turn.json.run.version })
/** Answers everything that is asked, with these levels one after the other. */
async function answerAll(client: Client, first: Received, levels: readonly number[] = [2]): Promise<Received> {
  let turn = first
  for (let i = 0; turn.json.view.kind === 'question'; i++) turn = await press(client, turn, { kind: 'level', level: levels[i] ?? levels.at(-1) })
  return turn
}
async function assessed(levels?: readonly number[]): Promise<{ ada: Client; team: string; turn: Received }> {
  const ada = await person('Ada')
  const team = await teamOf(ada)
  return { ada, team, turn: await answerAll(ada, await start(ada, team), levels) }
}
const inHours = (hours: number) => new Date(server.clock.now.getTime() + hours * HOUR_MS).toISOString()

describe('who somebody is', () => {
  it('is kept in a cookie that no script and no other site can use', async () => {
    const client = createClient(server.app)
    expect((await client.get('/api/me')).json).toEqual({ name: null, chat: null })
    const { headers } = await client.post('/api/me', { name: '  Ada \n Lovelace ' })
    expect(headers['set-cookie']).toMatch(/^cairn_person=[\w-]{32}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)
    expect((await client.get('/api/me')).json).toEqual({ name: 'Ada Lovelace', chat: null })
  })

  it('can’t be told from what is shown or exported', async () => {
    const { ada, team } = await assessed()
    const cookie = /cairn_person=([\w-]+)/.exec(String((await ada.post('/api/me', { name: 'Ada' })).headers['set-cookie']))?.[1] as string
    const seen = await Promise.all(['results', 'export.json', 'results.csv', 'rounds'].map((path) => ada.get(`/api/teams/${team}/${path}`)))
    for (const { status, body } of seen) {
      expect(status).toBe(200)
      expect(body).not.toContain(cookie)
    }
    const exported = seen[1]?.json.persons[0].id
    expect(await createClient(server.app).get('/api/me')).toMatchObject({ json: { name: null } })
    const thief = await server.app.inject({ url: '/api/me', headers: { host: 'localhost', cookie: `cairn_person=${exported}` } })
    expect(thief.json()).toEqual({ name: null, chat: null })
  })

  it.each([
    '/api/teams/x',
    '/api/runs/x',
    '/api/teams/x/results',
    '/api/teams/x/pictures/radar.svg',
    '/api/comparison?teams=x',
  ])('must be known at %s', async (url) => {
    const { status, json } = await createClient(server.app).get(url)
    expect([status, json.error]).toEqual([401, expect.stringContaining('give a name')])
  })

  it('is asked for in words that help', async () => {
    const client = createClient(server.app)
    expect((await client.post('/api/me', { name: '  ' })).json.error).toBe('The name is empty: fill it in.')
    expect((await client.post('/api/me', { name: 'x'.repeat(81) })).json.error).toBe('The name is too long: shorten it.')
    expect((await client.post('/api/me')).json.error).toMatch(/^The name is missing/)
  })

  it('is refused to pages of other sites', async () => {
    const { status } = await createClient(server.app).post('/api/me', { name: 'x' }, { origin: 'https://evil.example' })
    expect(status).toBe(403)
  })
})

describe('a fault of ours', () => {
  it('is told by its reference alone', async () => {
    const broken = createTestServer()
    const response = await broken.app.inject({ url: '/api/me', headers: { host: 'localhost', cookie: `cairn_person=${'x'.repeat(32)}` } })
    await broken.app.close()
    expect([response.statusCode, response.json().error]).toEqual([500, expect.stringMatching(/^That failed on our side\. .*reference [0-9a-f]{8}/)])
    expect(broken.log()).toContain('there are no assessments in this test')
  })
})

describe('what can be assessed', () => {
  it('is said with the number of questions and minutes', async () => {
    const { offers } = (await createClient(server.app).get('/api/offers')).json
    expect(offers.map(({ model }: { model: string }) => model)).toEqual(['cncf', 'fairwinds', 'indellient', 'kmm', 'plural'])
    const names = offers.map(({ scopes }: { scopes: { name: string }[] }) => scopes.map(({ name }) => name))
    expect(names[0]).toEqual(['Quick', 'People', 'Policy', 'Process', 'Technology', 'Full'])
    expect(names[3]).toEqual(['Quick'])
    expect(offers[1].scopes[0]).toMatchObject({ questions: 3, atMost: true, minutes: 1, said: 'Fairwinds model, quick: at most 3 questions, about 1 minute' })
  })
})

describe('a team', () => {
  it('is made by its name once, and joined by the same name or by its link', async () => {
    const [ada, bob, cleo] = [await person('Ada'), await person('Bob'), await person('Cleo')]
    const team = await teamOf(ada, 'Crossing')
    expect(await teamOf(bob, ' crossing ')).toBe(team)
    const door = (await cleo.get(`/api/teams/${team}`)).json
    expect(door).toEqual({ id: team, name: 'Crossing', member: false, members: [], chat: null })
    await cleo.post(`/api/teams/${team}/join`)
    expect((await ada.get(`/api/teams/${team}`)).json.members).toEqual([
      { name: 'Ada', you: true },
      { name: 'Bob', you: false },
      { name: 'Cleo', you: false },
    ])
  })

  it('shows nothing to others', async () => {
    const { team } = await assessed()
    const eve = await person('Eve')
    for (const path of ['results', 'rounds', 'results.csv', 'export.json', 'pictures/radar.svg?model=kmm']) {
      const { status, json } = await eve.get(`/api/teams/${team}/${path}`)
      expect([path, status, json.error]).toEqual([path, 403, expect.stringContaining('not in this team')])
    }
    expect((await eve.post(`/api/teams/${team}/targets`, { model: 'kmm', section: 'culture', level: 3 })).status).toBe(403)
    expect((await eve.post('/api/runs', { team, scope: KMM })).status).toBe(403)
    expect((await eve.get(`/api/comparison?model=kmm&teams=${team}`)).status).toBe(403)
  })

  it('that is not there is not found', async () => {
    expect((await (await person('Ada')).get('/api/teams/nothing')).status).toBe(404)
  })
})

describe('an assessment', () => {
  it('goes on question by question, without a score before the end', async () => {
    const { ada, team, turn } = await assessed([3, 2, 1, 2, 3])
    expect(turn.json).toMatchObject({ view: { kind: 'finished' }, run: { title: 'KMM, quick' } })
    expect(turn.json.given.map(({ said }: { said: string }) => said)).toEqual(['level 3', 'level 2', 'level 1', 'level 2', 'level 3'])
    const open = await start(ada, team)
    expect(open.json).not.toHaveProperty('given')
    expect((await ada.get('/api/runs')).json.runs).toMatchObject([{ id: open.json.run.id, title: 'KMM, quick', paused: false, round: null }])
  })

  it('takes words, proposes a level, and answers a question in between with citations', async () => {
    const ada = await person('Ada')
    let turn = await start(ada, await teamOf(ada))
    turn = await press(ada, await press(ada, turn, { kind: 'level', level: 2 }), { kind: 'not-sure' })
    turn = await say(ada, turn, 'what does GitOps mean?')
    expect(turn.json.aside.citations.length).toBeGreaterThan(0)
    turn = await say(ada, turn, 'We have one cluster in the office and whoever has time runs kubectl apply by hand over ssh.')
    expect(turn.json).toMatchObject({ sounds: 'That sounds like level 1: Manual deployment', view: { kind: 'proposal', passage: 'kmm/automation/1' } })
    turn = await ada.post(`/api/runs/${turn.json.run.id}/step`, { kind: 'confirm', version: turn.json.run.version, note: 'seen today' })
    expect(turn.json.view.progress).toEqual({ at: 4, of: 5 })
  })

  it('says of a stage whether it sounds in place or not', async () => {
    const ada = await person('Ada')
    const said = 'Our first application runs in a container and is being moved to Kubernetes.'
    let turn = await start(ada, await teamOf(ada), { model: 'fairwinds', extent: 'quick' })
    turn = await say(ada, turn, said)
    expect(turn.json.sounds).toBe('That sounds as if “Phase 4: Build Confidence” is not in place yet')
    turn = await ada.post(`/api/runs/${turn.json.run.id}/step`, { kind: 'confirm', version: turn.json.run.version })
    expect((await say(ada, turn, said)).json.sounds).toBe('That sounds as if “Phase 2: Transform” is in place')
  })

  it('counts a press once, and tells an old page where the run is now', async () => {
    const ada = await person('Ada')
    const first = await start(ada, await teamOf(ada))
    await press(ada, first, { kind: 'level', level: 2 })
    expect((await press(ada, first, { kind: 'level', level: 2 })).json.notice).toBe('That is recorded already.')
    const late = await press(ada, first, { kind: 'level', level: 5 }, { key: 'another page' })
    expect(late.json).toMatchObject({ notice: expect.stringContaining('moved on'), view: { progress: { at: 2 } } })
  })

  it('belongs to one person', async () => {
    const { turn } = await assessed()
    const eve = await person('Eve')
    expect((await eve.get(`/api/runs/${turn.json.run.id}`)).json.error).toContain('no such assessment of yours')
    expect((await eve.post(`/api/runs/${turn.json.run.id}/answers`, { question: 'culture', value: { kind: 'not-sure' } })).status).toBe(400)
  })

  it('can be changed afterwards', async () => {
    const { ada, team, turn } = await assessed([2])
    const changed = await ada.post(`/api/runs/${turn.json.run.id}/answers`, { question: 'culture', value: { kind: 'level', level: 4 } })
    expect(changed.json.given[0].said).toBe('level 4')
    expect((await ada.get(`/api/teams/${team}/results`)).json.shown.sections[0].level).toBe('4')
  })

  it.each([
    ['a value of another form', { kind: 'answer', question: 'culture', value: { kind: 'level', level: 'x' }, version: 1 }, 'value.level'],
    ['a level that is not there', { kind: 'answer', question: 'culture', value: { kind: 'level', level: 9 }, version: 1 }, 'no answer to'],
    ['no version', { kind: 'text', text: 'x' }, 'version'],
    ['a text that is too long', { kind: 'text', text: 'x'.repeat(4001), version: 1 }, 'too long'],
    ['an unknown step', { kind: 'jump', version: 1 }, 'wrong form'],
    ['a field that nobody knows', { kind: 'back', version: 1, person: 'ada' }, 'wrong form'],
  ])('refuses %s in one sentence', async (_, body, said) => {
    const ada = await person('Ada')
    const { json } = await start(ada, await teamOf(ada))
    const refused = await ada.post(`/api/runs/${json.run.id}/step`, body)
    expect([refused.status, refused.json]).toEqual([400, { error: expect.stringContaining(said) }])
  })
})

describe('results', () => {
  it('say what is lowest, and behind every figure why', async () => {
    const { ada, team, turn } = await assessed([3, 2, 1, 2, 3])
    const { shown } = (await ada.get(`/api/teams/${team}/results?model=kmm`)).json
    expect(shown).toMatchObject({ coverage: { answered: 5, asked: 5 }, overall: { level: 1, lowest: ['Automation and CI/CD'] } })
    expect(shown.sections[2]).toMatchObject({ level: '1', name: 'Manual deployment', passages: ['kmm/automation/1'], why: [{ who: 'Ada', answer: 'level 1' }] })
    expect(shown.steps[0]).toMatchObject({ section: 'automation', from: 1, to: 2 })
    expect(shown.ownRun).toBe(turn.json.run.id)
  })

  it('have no overall on too few answers, and count not sure nowhere', async () => {
    const ada = await person('Ada')
    const team = await teamOf(ada)
    let turn = await start(ada, team)
    for (let i = 0; i < 5; i++) turn = await press(ada, turn, i < 2 ? { kind: 'level', level: 4 } : { kind: 'not-sure' })
    const { shown } = (await ada.get(`/api/teams/${team}/results`)).json
    expect(shown.coverage).toMatchObject({ answered: 2, asked: 5, notSure: 3 })
    expect(shown).not.toHaveProperty('overall')
    expect(shown.sections[4]).toMatchObject({ state: 'not-sure', level: null })
  })

  it('change over time, against a target that the team has chosen', async () => {
    const { ada, team } = await assessed([2])
    server.clock.now = new Date(server.clock.now.getTime() + HOUR_MS)
    await answerAll(ada, await start(ada, team), [3, 1, 2])
    await ada.post(`/api/teams/${team}/targets`, { model: 'kmm', section: 'architecture', level: 4 })
    const { shown } = (await ada.get(`/api/teams/${team}/results`)).json
    expect(shown.sections.slice(0, 3)).toMatchObject([
      { change: 'up', before: { level: '2' }, target: null, gap: null },
      { change: 'down', target: 4, gap: 3 },
      { change: 'same' },
    ])
    expect(shown.pictures.map(({ kind }: { kind: string }) => kind)).toEqual(['radar', 'trend'])
    await ada.post(`/api/teams/${team}/targets`, { model: 'kmm', section: 'architecture', level: null })
    expect((await ada.get(`/api/teams/${team}/results`)).json.shown.sections[1].target).toBeNull()
    expect((await ada.post(`/api/teams/${team}/targets`, { model: 'kmm', section: 'architecture', level: 9 })).json.error).toContain('no level 9')
  })

  it('of a ladder name the stage that is reached, and draw it', async () => {
    const ada = await person('Ada')
    const team = await teamOf(ada)
    let turn = await start(ada, team, { model: 'fairwinds', extent: 'quick' })
    while (turn.json.view.kind === 'question') turn = await say(ada, turn, turn.json.view.question.stage <= 3 ? 'yes' : 'partly')
    const { shown } = (await ada.get(`/api/teams/${team}/results`)).json
    expect(shown).toMatchObject({ shape: 'staged', sections: [{ level: '3', reached: 3 }] })
    expect(shown.sections[0].why[0].about).toMatch(/^Phase \d: /)
    expect(shown.pictures).toMatchObject([{ kind: 'ladder', alt: expect.stringContaining('Phase 3 of 7 is reached') }])
    expect((await ada.get(`/api/teams/${team}/pictures/ladder.svg?model=fairwinds`)).status).toBe(200)
  })

  it('are drawn for light and dark, as SVG and PNG, with the same in words', async () => {
    const { ada, team } = await assessed()
    const at = `/api/teams/${team}/pictures`
    const [light, dark, png] = [
      await ada.get(`${at}/radar.svg?model=kmm`),
      await ada.get(`${at}/radar.svg?model=kmm&theme=dark`),
      await ada.get(`${at}/radar.png?model=kmm`),
    ]
    expect([light.headers['content-type'], png.headers['content-type']]).toEqual(['image/svg+xml; charset=utf-8', 'image/png'])
    expect(light.body).not.toBe(dark.body)
    // The page forbids inline styles, so the colors must stand in attributes.
    expect(light.body + dark.body).not.toContain('<style')
    expect((await ada.get(`/api/teams/${team}/results`)).json.shown.pictures[0].alt).toContain('Culture and organization: level 2.')
    for (const path of ['trend.svg?model=kmm', 'ladder.svg?model=kmm', 'pie.svg?model=kmm', 'radar.gif?model=kmm', 'radar.svg?model=plural']) {
      expect([path, (await ada.get(`${at}/${path}`)).status]).toEqual([path, 404])
    }
  })

  it('of two teams stand side by side when that is asked for', async () => {
    const { ada, team } = await assessed([3])
    const other = await teamOf(ada)
    await answerAll(ada, await start(ada, other), [1])
    const query = `model=kmm&teams=${other},${team}`
    const { alt, comparison } = (await ada.get(`/api/comparison?${query}`)).json
    expect(comparison.sections[0].cells).toMatchObject([{ level: 1 }, { level: 3 }])
    expect(alt).toContain('Heatmap, 2 teams by 5 sections')
    expect((await ada.get(`/api/comparison/heatmap.svg?${query}`)).body).toContain('<svg')
  })

  it('can be read in another model’s terms, as an approximation with reasons', async () => {
    const { ada, team } = await assessed([2])
    expect((await ada.get(`/api/teams/${team}/results`)).json.shown.others.map(({ id }: { id: string }) => id)).toEqual([
      'cncf',
      'fairwinds',
      'indellient',
      'plural',
    ])
    const { notice, sections } = (await ada.get(`/api/teams/${team}/in-terms-of?model=kmm&other=cncf`)).json
    expect(notice).toMatch(/^An approximation/)
    expect(sections[3].readings[0]).toMatchObject({
      strength: expect.stringMatching(/strong|good|weak/),
      reason: expect.any(String),
      passages: ['kmm/security/2', expect.stringMatching(/^cncf\//)],
    })
    expect((await ada.get(`/api/teams/${team}/in-terms-of?model=kmm&other=nothing`)).json.error).toContain('no model "nothing"')
  })

  it('leave as files, with a name to save them under', async () => {
    const ada = await person('Ada')
    const team = await teamOf(ada, '=Zahlungen "ü"')
    await answerAll(ada, await start(ada, team))
    const csv = await ada.get(`/api/teams/${team}/results.csv`)
    expect(csv.headers['content-disposition']).toBe(
      `attachment; filename="-Zahlungen-u-results.csv"; filename*=UTF-8''%3DZahlungen%20%22%C3%BC%22%20results.csv`,
    )
    expect(csv.body.split('\n')[1]).toMatch(/^"?'=Zahlungen/)
    const exported = await ada.get(`/api/teams/${team}/export.json`)
    expect(exported.headers['content-disposition']).toMatch(/^attachment; /)
    expect(exported.json).toMatchObject({ format: 'cairn-team', runs: [{ answers: { length: 5 } }] })
  })
})

describe('an action', () => {
  it('comes from a step, is somebody’s, has a day, and is done', async () => {
    const { ada, team } = await assessed()
    const { steps } = (await ada.get(`/api/teams/${team}/results`)).json.shown
    const { model, section, passage, text } = steps[0].steps[0]
    const created = (await ada.post(`/api/teams/${team}/actions`, { model, section, passage, text })).json.actions
    expect(created).toMatchObject([{ text, owner: null, due: null, standing: 'open' }])
    const change = (body: object) => ada.post(`/api/teams/${team}/actions/${created[0].id}`, body)
    expect((await change({ mine: true, due: '2026-12-24' })).json.actions).toMatchObject([{ owner: 'Ada', mine: true, due: '2026-12-24' }])
    expect((await change({ due: '2020-01-01' })).json.error).toContain('has passed')
    expect((await change({ done: true })).json.actions).toMatchObject([{ standing: 'done' }])
    expect((await ada.get(`/api/teams/${team}/results`)).json.actions).toMatchObject([{ standing: 'done' }])
  })

  it('can’t be made of any other text', async () => {
    const { ada, team } = await assessed()
    const made = await ada.post(`/api/teams/${team}/actions`, { model: 'kmm', section: 'culture', passage: 'kmm/culture/3', text: 'Buy our product.' })
    expect([made.status, made.json.error]).toEqual([400, expect.stringContaining('no sentence of')])
  })
})

describe('a round', () => {
  const startRound = async (starter: Client, team: string, more: object = {}) =>
    (await starter.post(`/api/teams/${team}/rounds`, { name: 'Autumn', scope: KMM, deadline: inHours(48), confidential: false, ...more })).json
  const joined = async (client: Client, round: string) => client.get(`/api/runs/${(await client.post(`/api/rounds/${round}/join`)).json.run}`)

  it('shows only counts while it is open, closes when all of the team have answered, and can be voted on once more', async () => {
    const [ada, bob, cleo] = [await person('Ada'), await person('Bob'), await person('Cleo')]
    const team = await teamOf(ada)
    for (const each of [bob, cleo]) await each.post(`/api/teams/${team}/join`)
    const round = await startRound(ada, team)
    expect(round).toMatchObject({
      state: 'open',
      answered: 0,
      invited: 3,
      closesByItself: true,
      own: { isStarter: true },
      privacy: expect.stringContaining('Named'),
    })

    await answerAll(ada, await joined(ada, round.id), [1])
    await answerAll(cleo, await joined(cleo, round.id), [4, 1])
    const before = await cleo.get(`/api/rounds/${round.id}`)
    expect(before.json).toMatchObject({ state: 'open', answered: 2, invited: 3 })
    expect(before.body).not.toMatch(/Ada|Bob|"level"/)
    expect((await cleo.get(`/api/rounds/${round.id}/results`)).json.error).toContain('still open')
    expect((await cleo.get(`/api/teams/${team}/results`)).json.models).toEqual([])
    expect((await ada.get(`/api/teams/${team}/export.json`)).status).toBe(409)

    await answerAll(bob, await joined(bob, round.id), [2, 1])
    const results = (await cleo.get(`/api/rounds/${round.id}/results`)).json
    expect(results.round).toMatchObject({ state: 'closed', closedBy: 'all-answered' })
    expect(results.sections[0]).toMatchObject({
      level: '2',
      range: { lowest: 1, highest: 4 },
      answers: 3,
      apart: { lowest: { passage: 'kmm/culture/1' }, highest: { passage: 'kmm/culture/4' } },
    })
    expect(results.sections[0].why.map(({ who }: { who: string }) => who).sort()).toEqual(['Ada', 'Bob', 'Cleo'])
    expect((await ada.get(`/api/teams/${team}/export.json`)).status).toBe(200)
    expect((await (await person('Eve')).get(`/api/rounds/${round.id}/results`)).status).toBe(403)

    expect(results.revoteOffered).toEqual(['culture'])
    const revote = (await bob.post(`/api/rounds/${round.id}/revote`, { deadline: inHours(96) })).json
    for (const [each, level] of [
      [ada, 2],
      [bob, 2],
      [cleo, 3],
    ] as const) {
      const turn = await joined(each, revote.id)
      expect(turn.json.view.progress).toEqual({ at: 1, of: 1 })
      await press(each, turn, { kind: 'level', level })
    }
    const second = (await ada.get(`/api/rounds/${revote.id}/results`)).json
    expect(second).toMatchObject({
      sections: [{ section: 'culture', level: '2', apart: null }],
      other: { kind: 'first-vote', id: round.id },
      revoteOffered: [],
    })
    expect(second.other.sections[0].range).toEqual({ lowest: 1, highest: 4 })
    expect((await ada.get(`/api/rounds/${round.id}/results`)).json).toMatchObject({ other: { kind: 'revote', id: revote.id }, revoteOffered: [] })
  })

  it('takes guests by its link, who see its figures but not the team’s, and is then closed by who started it', async () => {
    const [ada, bob, cleo] = [await person('Ada'), await person('Bob'), await person('Cleo')]
    const team = await teamOf(ada)
    const round = await startRound(ada, team)
    expect(round).toMatchObject({ invited: 1, closesByItself: false })
    const stranger = (await createClient(server.app).get(`/api/rounds/${round.id}`)).json
    expect(stranger).toMatchObject({ name: 'Autumn', you: null, answered: 0, invited: 1 })
    for (const each of [ada, bob]) await answerAll(each, await joined(each, round.id))
    const waiting = (await cleo.get(`/api/rounds/${round.id}`)).json
    expect(waiting).toMatchObject({ state: 'open', answered: 2, invited: 2, closesByItself: false })
    await answerAll(cleo, await joined(cleo, round.id))
    expect((await ada.post(`/api/rounds/${round.id}/close`)).json).toMatchObject({ state: 'closed', closedBy: 'starter', answered: 3 })
    expect((await bob.get(`/api/rounds/${round.id}/results`)).json.respondents).toBe(3)
    expect((await bob.get(`/api/teams/${team}/results`)).status).toBe(403)
    expect((await ada.get(`/api/teams/${team}`)).json.members).toEqual([{ name: 'Ada', you: true }])
  })

  it('that is confidential shows no names, and nothing on too few answers', async () => {
    const everybody = [await person('Ada'), await person('Bob'), await person('Cleo'), await person('Dan')]
    const [ada] = everybody as [Client]
    const team = await teamOf(ada)
    for (const each of everybody) await each.post(`/api/teams/${team}/join`)
    const round = await startRound(ada, team, { confidential: true })
    for (const each of everybody.slice(0, 2)) await answerAll(each, await joined(each, round.id), [3])
    const third = await joined(everybody[2] as Client, round.id)
    await press(everybody[2] as Client, third, { kind: 'level', level: 3 })
    expect((await (everybody[1] as Client).post(`/api/rounds/${round.id}/close`)).json.error).toContain('only who started')
    await ada.post(`/api/rounds/${round.id}/close`)
    const { body, json } = await ada.get(`/api/rounds/${round.id}/results`)
    expect(json.sections[0]).toMatchObject({ state: 'scored', level: '3', answers: 3, why: [] })
    expect(json.sections[1]).toMatchObject({ state: 'hidden', level: null, answers: 0 })
    expect(body).not.toMatch(/Bob|Cleo|Dan/)
  })

  it('closes at its deadline, and takes no answer after it', async () => {
    const ada = await person('Ada')
    const team = await teamOf(ada)
    const round = await startRound(ada, team)
    const turn = await press(ada, await joined(ada, round.id), { kind: 'level', level: 2 })
    server.clock.now = new Date(server.clock.now.getTime() + 72 * HOUR_MS)
    expect((await press(ada, turn, { kind: 'level', level: 5 })).json.notice).toContain('The round is closed')
    expect((await ada.get(`/api/rounds/${round.id}`)).json).toMatchObject({ state: 'closed', closedBy: 'deadline' })
    expect((await ada.get('/api/runs')).json.runs).toEqual([])
    expect((await (await person('Eve')).post(`/api/rounds/${round.id}/join`)).json.error).toContain('closed at')
  })

  it('is refused with the reason', async () => {
    const ada = await person('Ada')
    const team = await teamOf(ada)
    expect((await startRound(ada, team, { deadline: '2020-01-01T00:00:00Z' })).error).toContain('has passed')
    expect((await startRound(ada, team, { confidential: true })).error).toContain('only 1 is invited')
    expect((await startRound(ada, team, { name: ' ' })).error).toContain('needs a name')
    expect((await ada.get('/api/rounds/nothing')).json.error).toContain('no such round')
  })
})
