import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SUGGESTIONS } from '../answers/suggestions.ts'
import { createTestServer, type TestServer } from './testing/test-server.ts'

let server: TestServer
beforeEach(() => {
  server = createTestServer()
})
afterEach(() => server.app.close())

const get = (url: string, headers: Record<string, string> = {}) => server.app.inject({ method: 'GET', url, headers: { host: 'localhost:3000', ...headers } })
const ask = (payload: object | string, headers: Record<string, string> = {}) =>
  server.app.inject({ method: 'POST', url: '/api/ask', payload, headers: { host: 'localhost:3000', 'content-type': 'application/json', ...headers } })
const linesOf = (body: string) =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('health', () => {
  it('is alive before it is ready', async () => {
    let ready = false
    server = createTestServer({ ready: () => ready })

    expect((await get('/healthz')).json()).toEqual({ status: 'ok' })
    const starting = await get('/readyz')
    expect([starting.statusCode, starting.json()]).toEqual([503, { status: 'starting' }])
    const early = await ask({ question: 'too early?' })
    expect([early.statusCode, early.json()]).toEqual([503, { error: 'Cairn is still starting: try again in a few seconds.' }])
    ready = true
    expect((await get('/readyz')).json()).toEqual({ status: 'ready' })
  })

  it('answers probes under any host name', async () => {
    expect((await get('/healthz', { host: '10.1.2.3:3000' })).statusCode).toBe(200)
  })
})

describe('the page', () => {
  it('is served with an ETag and a policy that allows its own files only', async () => {
    const page = await get('/')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.headers['cache-control']).toBe('no-cache')
    const policy = String(page.headers['content-security-policy']).split(';')
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
      ]),
    )
    expect(policy.join()).not.toMatch(/unsafe|upgrade-insecure/)
    expect(page.headers['strict-transport-security']).toBeUndefined()
    expect(page.headers['x-content-type-options']).toBe('nosniff')

    const again = await get('/', { 'if-none-match': String(page.headers.etag) })
    expect(again.statusCode).toBe(304)
  })

  it('holds no inline script, style or foreign address', async () => {
    const { body } = await get('/')
    expect(body).not.toMatch(/<style|style=|<script(?![^>]*\bsrc="\/)|\bon\w+=|https?:/)
  })

  it.each(['/main.js', '/base.css', '/logo.svg'])('serves %s', async (url) => {
    expect((await get(url)).statusCode).toBe(200)
  })

  it.each(['/../server.ts', '/..%2fserver.ts', '/%2e%2e/server.ts', '/nothing', '/api/nothing'])('has nothing at %s', async (url) => {
    const response = await get(url)
    expect(response.statusCode).toBe(404)
    expect(response.json()).toEqual({ error: 'There is nothing at this address: check the path.' })
    expect(response.headers['content-security-policy']).toContain("default-src 'none'")
  })

  it('explains an address that cannot be read', async () => {
    const response = await get('/api/passages/%zz')
    expect(response.statusCode).toBe(400)
    expect(response.json().error).toContain('cannot be read')
    expect(response.headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('the corpus', () => {
  it('lists the models with their sections and what each level asks for', async () => {
    const { models } = (await get('/api/models')).json()
    expect(models.map(({ id }: { id: string }) => id)).toEqual(['gardens', 'ponds'])
    expect(models[0]).toMatchObject({
      title: 'Garden Maturity Model',
      publisher: 'The Gardeners',
      author: 'A. Spade',
      version: '2.1',
      license: 'CC-BY-4.0',
      shape: 'continuous',
      levelWord: 'Level',
    })
    expect(models[0].levels).toEqual([
      { number: 1, name: 'Seed', heading: 'Level 1: Seed' },
      { number: 2, name: 'Sprout', heading: 'Level 2: Sprout' },
      { number: 3, name: null, heading: 'Level 3' },
    ])
    expect(models[0].sections[0]).toEqual({ id: 'introduction', title: 'Introduction', dimension: null, levels: [], introduction: true, cells: [] })
    expect(models[0].sections[1]).toMatchObject({ id: 'soil/water', dimension: 'Soil', levels: [1, 2, 3], introduction: true })
    expect(models[0].sections[1].cells[1]).toEqual({
      level: 2,
      passage: 'gardens/soil/water/2',
      heading: 'Level 2: Hoses',
      indicator: 'Hoses reach every bed.',
    })
    expect(models[0].sections[2]).toMatchObject({ levels: [2], introduction: false })
  })

  it('gives one passage, with titles for what is related and still there', async () => {
    const passage = (await get('/api/passages/gardens/soil/water/2')).json()
    expect(passage).toMatchObject({
      id: 'gardens/soil/water/2',
      modelTitle: 'Garden Maturity Model',
      sectionTitle: 'Watering',
      dimension: 'Soil',
      level: 2,
      heading: 'Level 2: Hoses',
      indicator: 'Hoses reach every bed.',
      seeAlso: [{ id: 'ponds/stages/1', title: 'The Pond Ladder › Stages › Stage 1: Puddle' }],
    })
    expect((await get('/api/passages/gardens/introduction')).json()).toMatchObject({ level: null, indicator: null })
  })

  it('does not know other passages', async () => {
    const response = await get('/api/passages/gardens/soil/water/9')
    expect([response.statusCode, response.json()]).toEqual([404, { error: 'There is no such passage: find it under "Browse the models".' }])
  })

  it('suggests six questions', async () => {
    expect((await get('/api/suggestions')).json()).toEqual({ suggestions: SUGGESTIONS.map(({ question }) => question) })
    expect(SUGGESTIONS).toHaveLength(6)
  })
})

describe('asking', () => {
  it('streams headings, sentences and then the whole answer, one JSON object a line', async () => {
    const response = await ask({ question: 'how to water?', history: ['hello', 'hi'], model: 'gardens' })
    expect(response.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
    expect(response.headers['cache-control']).toBe('no-store')
    const lines = linesOf(response.body)
    expect(lines.map(({ type }) => type)).toEqual(['heading', 'sentence', 'sentence', 'heading', 'sentence', 'done'])
    expect(lines[1]).toEqual({ type: 'sentence', text: 'A plan says who waters when.', citations: [1] })
    expect(lines.at(-1)).toMatchObject({
      answer: { outcome: 'answered', citations: [{ n: 1 }, { n: 2 }, { n: 3 }] },
      turns: ['how to water?', 'level 2 in Soil › Watering of the Garden model'],
    })
    expect(server.assistant.asked).toEqual([{ question: 'how to water?', history: ['hello', 'hi'], model: 'gardens' }])
  })

  it.each([
    ['no body', '', 'send JSON'],
    ['a list', ['x'], 'The body'],
    ['no question', {}, 'question'],
    ['a question that is no text', { question: 7 }, 'question'],
    ['a history that is no list', { question: 'x', history: 'y' }, 'history'],
    ['an unknown model', { question: 'x', model: 'roads' }, 'choose one of gardens, ponds'],
    ['a question the assistant refuses', { question: 'refuse this' }, 'at most 4,000'],
    ['broken JSON', '{"question": ', 'send JSON'],
    ['a poisoned object', '{"__proto__": {"x": 1}, "question": "x"}', 'send JSON'],
  ])('refuses %s with one sentence', async (_case, body, said) => {
    const response = await ask(body)
    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual({ error: expect.stringContaining(said) })
  })

  it('refuses more than 64 KB', async () => {
    const response = await ask({ question: 'x', history: ['y'.repeat(65 * 1024)] })
    expect([response.statusCode, response.json().error]).toEqual([413, expect.stringContaining('too large')])
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])('refuses %s, which a foreign page could post', async (type) => {
    const response = await ask('{"question":"x"}', { 'content-type': type })
    expect([response.statusCode, response.json().error]).toEqual([415, expect.stringContaining('application/json')])
  })

  it('names a reference when it fails, and nothing else', async () => {
    const response = await ask({ question: 'fail for my secret project' })
    expect(response.statusCode).toBe(500)
    const { error } = response.json()
    const reference = /reference ([0-9a-f]{8}) /.exec(error)?.[1]
    expect(reference).toBeDefined()
    expect(error).not.toMatch(/database|secret/)
    expect(server.log()).toContain(`"reqId":"${reference}"`)
    expect(server.log()).toContain('the database fell over')
  })

  it('ends a broken answer with an error line', async () => {
    const lines = linesOf((await ask({ question: 'break off' })).body)
    expect(lines.map(({ type }) => type)).toEqual(['heading', 'sentence', 'error'])
    expect(lines.at(-1).message).toMatch(/^That failed on our side\. .*reference/)
  })

  it('survives a client that goes away in the middle of an answer', async () => {
    await server.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = server.app.server.address() as AddressInfo
    const client = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/api/ask', headers: { 'content-type': 'application/json' } })
    client.end(JSON.stringify({ question: 'wait for me' }))
    const [[, serverSide], [response]] = await Promise.all([once(server.app.server, 'request'), once(client, 'response')])
    await once(response, 'data')
    const noticed = once(serverSide, 'close')
    response.on('error', () => {})
    client.destroy()
    await noticed
    server.assistant.goOn()

    expect((await get('/healthz')).statusCode).toBe(200)
    expect(linesOf((await ask({ question: 'still there?' })).body).at(-1).type).toBe('done')
  })
})

describe('the log', () => {
  it('holds no text of a question, whatever becomes of it', async () => {
    for (const question of ['plain zebra', 'fail zebra', 'break zebra', 'refuse zebra', 'decline zebra']) await ask({ question, history: ['earlier zebra'] })
    await ask('{"question": "zebra')
    await get('/api/ask?question=zebra')
    await get('/zebra')
    expect(server.log()).toContain('"route":"/api/ask"')
    expect(server.log()).not.toContain('zebra')
  })
})

describe('other origins', () => {
  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'user@evil.example',
    'a b',
  ])('refuses the host "%s"', async (host) => {
    const responses = [await get('/', { host }), await get('/api/models', { host }), await ask({ question: 'x' }, { host })]
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403])
    expect(responses[0]?.json().error).toContain('allowed hosts')
    expect(server.assistant.asked).toEqual([])
  })

  it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:1', '127.0.0.2', '[::1]:3000'])('accepts the host %s', async (host) => {
    expect((await get('/api/models', { host })).statusCode).toBe(200)
  })

  it('accepts configured hosts, and every host when told so', async () => {
    server = createTestServer({ allowedHosts: ['Cairn.example'] })
    expect((await get('/', { host: 'cairn.example:443' })).statusCode).toBe(200)
    expect((await get('/', { host: 'other.example' })).statusCode).toBe(403)
    server = createTestServer({ allowedHosts: ['*'] })
    expect((await get('/', { host: 'other.example' })).statusCode).toBe(200)
  })

  it.each(['https://evil.example', 'http://localhost:4000', 'null'])('refuses questions from a page of %s', async (origin) => {
    const response = await ask({ question: 'x' }, { origin })
    expect([response.statusCode, response.json().error]).toEqual([403, expect.stringContaining('open the page of Cairn')])
    expect(server.assistant.asked).toEqual([])
  })

  it('accepts questions from its own page', async () => {
    expect((await ask({ question: 'x' }, { origin: 'http://localhost:3000' })).statusCode).toBe(200)
  })
})
