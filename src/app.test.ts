import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Answer } from './answers/answer.ts'
import { type App, startApp } from './app.ts'
import { loadConfig } from './config.ts'
import { UserError } from './shared/errors.ts'
import { startEmbeddingServer } from './testing/embedding-server.ts'
import { jsonLines } from './testing/run-cairn.ts'
import { BROKEN_LINE, brokenTeamModel, TEAM_QUESTION, teamModel } from './testing/team-model.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from './testing/temporary-directory.ts'

const START_LIMIT_MS = 30_000
const SEEN_WITHIN = { timeout: 10_000, interval: 100 }

interface Logged {
  level: number
  msg: string
}

/** A log that is kept in memory. */
function keepLog() {
  const entries: Logged[] = []
  return { log: pino({ level: 'info' }, { write: (line: string) => void entries.push(JSON.parse(line)) }), entries }
}

async function ask(app: App, question: string, model?: string): Promise<Answer> {
  const response = await fetch(`${app.url}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question, model }),
  })
  const body = await response.text()
  if (!response.ok) throw new Error(body)
  return jsonLines(body).at(-1).answer
}

describe('the running app', { timeout: START_LIMIT_MS }, () => {
  const { log, entries } = keepLog()
  let temporary: TemporaryDirectory
  let models: string
  let app: App
  beforeAll(async () => {
    temporary = await createTemporaryDirectory()
    models = join(temporary.path, 'models')
    await mkdir(models)
    app = await startApp(loadConfig({ PORT: '0', CAIRN_DATA_DIR: join(temporary.path, 'new', 'data'), CAIRN_MODELS_DIR: models }), log)
  }, START_LIMIT_MS)
  afterAll(async () => {
    await app?.stop()
    await temporary.remove()
  })

  it('serves the page and tells that it is alive and ready', async () => {
    const page = await fetch(app.url)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await page.text()).toContain('Cairn')
    expect(await (await fetch(`${app.url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${app.url}/readyz`)).json()).toEqual({ status: 'ready' })
  })

  it('answers with citations', async () => {
    const { outcome, citations, text } = await ask(app, 'What does level 2 of security ask for in the KMM?')
    expect([outcome, citations[0]?.passage]).toEqual(['answered', 'kmm/security/2'])
    expect(text).toContain(`${citations[0]?.quote} [1]`)
  })

  it('refuses a question that is too long with a sentence', async () => {
    await expect(ask(app, 'x'.repeat(4001))).rejects.toThrow('at most 4,000 can be read')
  })

  it('answers from a model file as soon as it is dropped in', async () => {
    await expect(ask(app, TEAM_QUESTION, 'acme')).rejects.toThrow('There is no model')
    await writeFile(join(models, 'acme.md'), teamModel())
    const answer = await vi.waitFor(() => ask(app, TEAM_QUESTION, 'acme'), SEEN_WITHIN)
    expect(answer.outcome).toBe('answered')
    expect(answer.citations.map(({ passage }) => passage)).toContain('acme/on-call/2')
  })

  it('goes on with what it has when a broken file is dropped in, and says where the error is', async () => {
    await mkdir(join(models, 'drafts'))
    await writeFile(join(models, 'drafts', 'broken.md'), brokenTeamModel())
    const place = `left out: ${join(models, 'drafts', 'broken.md')}:${BROKEN_LINE}: `
    await vi.waitFor(() => expect(entries.map(({ msg }) => msg)).toContainEqual(expect.stringContaining(place)), SEEN_WITHIN)
    await expect(ask(app, TEAM_QUESTION, 'broken')).rejects.toThrow('There is no model')
    expect((await ask(app, TEAM_QUESTION, 'acme')).outcome).toBe('answered')
    expect((await ask(app, 'What does level 2 of security ask for in the KMM?')).citations[0]?.passage).toBe('kmm/security/2')
  })

  it('goes on with what it has when the directory of model files disappears', async () => {
    await rm(models, { recursive: true })
    await vi.waitFor(
      () => expect(entries.map(({ msg }) => msg)).toContainEqual(expect.stringMatching(/^the model files were not read again: .*does not exist/)),
      SEEN_WITHIN,
    )
    expect((await ask(app, TEAM_QUESTION, 'acme')).outcome).toBe('answered')
  })

  it('logs no question', () => {
    expect(entries.length).toBeGreaterThan(0)
    expect(JSON.stringify(entries)).not.toMatch(/zeppelin fleet\?|ask for in the KMM|xxxx/)
  })
})

describe('stopping', { timeout: START_LIMIT_MS }, () => {
  let temporary: TemporaryDirectory
  beforeEach(async () => {
    temporary = await createTemporaryDirectory()
  })
  afterEach(() => temporary.remove())

  it('ends the server, even while a client keeps its connection', async () => {
    const { log, entries } = keepLog()
    const app = await startApp(loadConfig({ PORT: '0', CAIRN_DATA_DIR: temporary.path }), log)
    expect((await fetch(`${app.url}/healthz`, { headers: { connection: 'keep-alive' } })).status).toBe(200)

    await app.stop()
    await expect(fetch(`${app.url}/healthz`)).rejects.toThrow()
    expect(entries.at(-1)?.msg).toBe('stopped')
  })
})

describe('a start that cannot work', { timeout: START_LIMIT_MS }, () => {
  const { log } = keepLog()
  let temporary: TemporaryDirectory
  beforeEach(async () => {
    temporary = await createTemporaryDirectory()
  })
  afterEach(() => temporary.remove())

  const failureOf = async (env: Record<string, string>): Promise<Error> => {
    const app = await startApp(loadConfig({ PORT: '0', CAIRN_DATA_DIR: temporary.path, ...env }), log).catch((error: Error) => error)
    if (app instanceof Error) return app
    await app.stop()
    throw new Error('it started')
  }
  const expectOneLine = (error: Error, ...words: string[]) => {
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).not.toContain('\n')
    for (const word of words) expect(error.message).toContain(word)
  }

  it('because the port is taken names the port and the setting', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    expectOneLine(await failureOf({ PORT: String(port) }), `port ${port}`, 'is taken', 'set PORT')
    other.close()
    await once(other, 'close')
  })

  it('because the address is not of this machine names the setting', async () => {
    expectOneLine(await failureOf({ HOST: '203.0.113.1' }), '203.0.113.1', 'HOST')
  })

  it('because a file is in the place of the data directory names the setting', async () => {
    const file = join(temporary.path, 'file')
    await writeFile(file, '')
    for (const directory of [file, join(file, 'data')])
      expectOneLine(await failureOf({ CAIRN_DATA_DIR: directory }), directory, "can't be written", 'CAIRN_DATA_DIR')
  })

  it.runIf(process.platform === 'linux')('because no directory can be made there ends all the same', async () => {
    expectOneLine(await failureOf({ CAIRN_DATA_DIR: '/proc/cairn/data' }), '/proc/cairn/data', "can't be written", 'CAIRN_DATA_DIR')
  })

  it('because the directory of model files is missing names the setting and frees the port', async () => {
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port } = free.address() as AddressInfo
    free.close()
    await once(free, 'close')
    const error = await failureOf({ CAIRN_MODELS_DIR: join(temporary.path, 'nowhere'), PORT: String(port) })
    expectOneLine(error, 'nowhere does not exist', 'CAIRN_MODELS_DIR')
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
  })
})

describe('with an embedding server', { timeout: START_LIMIT_MS }, () => {
  it('ends on the newest model files when reading older ones takes longer', async () => {
    const temporary = await createTemporaryDirectory()
    const models = join(temporary.path, 'models')
    await mkdir(models)
    const embeddings = await startEmbeddingServer()
    const { log, entries } = keepLog()
    const env = { PORT: '0', CAIRN_DATA_DIR: join(temporary.path, 'data'), CAIRN_MODELS_DIR: models, OPENAI_BASE_URL: embeddings.url }
    const app = await startApp(loadConfig(env), log)
    try {
      const starts = () => entries.filter(({ msg }) => msg === 'ready').length
      const [before, old] = [starts(), embeddings.hold('antique balloons')]
      await writeFile(join(models, 'old.md'), teamModel({ id: 'old' }).replaceAll('zeppelin fleet', 'antique balloons'))
      await old.reached
      await writeFile(join(models, 'new.md'), teamModel({ id: 'new' }))
      await rm(join(models, 'old.md'))
      // Time enough for the second reading to overtake the first, if it could.
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      old.release()
      await vi.waitFor(() => expect(starts()).toBeGreaterThanOrEqual(before + 2), SEEN_WITHIN)

      const served = (await (await fetch(`${app.url}/api/models`)).json()) as { models: { id: string }[] }
      expect(served.models.map(({ id }) => id)).toEqual(['cncf', 'fairwinds', 'indellient', 'kmm', 'plural', 'new'])
    } finally {
      await app.stop()
      await embeddings.close()
      await temporary.remove()
    }
  })
})
