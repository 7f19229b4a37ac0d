import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { startCairn } from '../testing/cairn-process.ts'
import { runCairn } from '../testing/run-cairn.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

const HANDBOOK = `---
title: Zeppelin Handbook
---
# Zeppelin Handbook

How the zeppelin crew runs its hangars.

## Mooring

The mooring mast is greased each Monday by the mooring crew. Two riggers sign the mooring log.
`
const FEED = `<rss version="2.0"><channel><title>Hangar news</title><link>https://hangar.example/</link><description>d</description>
<item><title>Ropes</title><link>https://hangar.example/ropes</link><description>&lt;p&gt;Ropes are replaced yearly.&lt;/p&gt;</description></item>
<item><title>Hulls</title><link>https://hangar.example/hulls</link><description>&lt;p&gt;Hulls are washed weekly.&lt;/p&gt;</description></item>
</channel></rss>`

let temporary: TemporaryDirectory
let env: Record<string, string>
beforeEach(async () => {
  temporary = await createTemporaryDirectory()
  env = { CAIRN_DATA_DIR: join(temporary.path, 'data'), LOG_LEVEL: 'silent' }
})
afterEach(() => temporary.remove())

const corpus = (...args: string[]) => runCairn(['corpus', ...args], { env })
async function file(name: string, content: string): Promise<string> {
  await writeFile(join(temporary.path, name), content)
  return join(temporary.path, name)
}

describe('cairn corpus import', { timeout: 60_000 }, () => {
  it('adds a document whose passages are listed in the form of all others', async () => {
    const { code, out, err } = await corpus('import', await file('handbook.md', HANDBOOK))
    expect([code, out, err]).toEqual([0, 'imported: Zeppelin Handbook (2 passages) as zeppelin-handbook, from handbook.md\n', ''])
    const passage = z.strictObject({
      id: z.string(),
      model: z.string(),
      section: z.string(),
      level: z.int().positive().nullable(),
      title: z.string().min(1),
      url: z.url(),
      indicator: z.string().min(1).nullable(),
      text: z.string().min(1),
    })
    const all = z.array(passage).parse(JSON.parse((await corpus('list', '--json')).out))
    expect(all.filter(({ model }) => model === 'zeppelin-handbook')).toEqual([
      expect.objectContaining({ id: 'zeppelin-handbook/introduction', level: null, indicator: null }),
      {
        id: 'zeppelin-handbook/mooring',
        model: 'zeppelin-handbook',
        section: 'mooring',
        level: null,
        title: 'Zeppelin Handbook › Mooring',
        url: 'file:handbook.md',
        indicator: null,
        text: 'The mooring mast is greased each Monday by the mooring crew. Two riggers sign the mooring log.',
      },
    ])
  })

  it('prints with --json what it did and what failed, fails, and keeps the rest', async () => {
    const missing = join(temporary.path, 'missing.md')
    const { code, out, err } = await corpus('import', missing, await file('news.xml', FEED), '--json')
    expect([code, err]).toEqual([1, `cairn: ${missing} does not exist: check the path\n`])
    expect(JSON.parse(out)).toEqual({
      documents: [
        { id: 'ropes', title: 'Ropes', address: 'https://hangar.example/ropes', passages: 1, status: 'imported' },
        { id: 'hulls', title: 'Hulls', address: 'https://hangar.example/hulls', passages: 1, status: 'imported' },
      ],
      failures: [{ source: missing, error: `${missing} does not exist: check the path` }],
    })
    expect((await readdir(join(env.CAIRN_DATA_DIR as string, 'imports'))).sort()).toEqual(['hulls.json', 'ropes.json'])
  })

  it('is wrong usage without a document', async () => {
    expect((await corpus('import')).code).toBe(2)
    expect((await corpus('remove')).code).toBe(2)
  })

  it('is cited in answers, but is no model', async () => {
    await corpus('import', await file('handbook.md', HANDBOOK))
    const ask = async (question: string) => JSON.parse((await runCairn(['ask', '--json', question], { env })).out)
    const own = await ask('Who greases the mooring mast?')
    expect(own.citations[0]).toMatchObject({ passage: 'zeppelin-handbook/mooring', title: 'Zeppelin Handbook › Mooring', url: 'file:handbook.md', level: null })
    expect(own.text).toContain('The mooring mast is greased each Monday by the mooring crew. [1]')
    const builtIn = await ask('What does level 2 of security ask for in the KMM?')
    expect(builtIn.citations[0].passage).toBe('kmm/security/2')
    const declined = await ask('Which pizza toppings are best?')
    expect(declined.text).toContain('Beside them I search “Zeppelin Handbook”.')
    expect(declined.text).toMatch(/What I can answer comes from the CNCF model, .* and the Plural guide:/)
  })
})

describe('cairn corpus imports', { timeout: 30_000 }, () => {
  it('answers what people ask outside the models too, where a document has the words for it', async () => {
    const runbook = '# Runbook\n\n## etcd\n\nBackups of etcd are taken every six hours and kept for thirty days in the vault of the second region.\n'
    await corpus('import', await file('runbook.md', runbook))
    const { out } = await runCairn(['ask', '--json', 'How often do we back up etcd?'], { env })
    expect(JSON.parse(out)).toMatchObject({ outcome: 'answered', citations: expect.arrayContaining([expect.objectContaining({ model: 'runbook' })]) })
    const other = await runCairn(['ask', '--json', 'How do I restore etcd from a velero snapshot on a raspberry pi?'], { env })
    expect(JSON.parse(other.out).outcome).toBe('declined')
  })

  it('lists nothing where nothing was imported', async () => {
    expect(await corpus('imports', '--json')).toEqual({ code: 0, out: '[]\n', err: '' })
  })

  it('lists documents for people and for programs, and says what it can not read', async () => {
    await corpus('import', await file('handbook.md', HANDBOOK))
    await writeFile(join(env.CAIRN_DATA_DIR as string, 'imports', 'broken.json'), '{')
    const { out, err } = await corpus('imports')
    expect(out).toMatch(/^zeppelin-handbook {2}Zeppelin Handbook \(2, \d{4}-\d\d-\d\d\) {2}handbook\.md\n$/)
    expect(err).toMatch(/^cairn: left out: .*broken\.json:1: can't be read/)
    expect(JSON.parse((await corpus('imports', '--json')).out)).toEqual([
      { id: 'zeppelin-handbook', title: 'Zeppelin Handbook', address: 'handbook.md', source: 'handbook.md', importedAt: expect.any(String), passages: 2 },
    ])
  })
})

describe('cairn corpus remove', { timeout: 30_000 }, () => {
  it('removes by id, by address and by what was imported, and says what is none', async () => {
    await corpus('import', await file('handbook.md', HANDBOOK), await file('news.xml', FEED))
    expect(await corpus('remove', 'https://hangar.example/ropes')).toEqual({ code: 0, out: 'removed: Ropes (ropes)\n', err: '' })
    const { code, out, err } = await corpus('remove', 'nothing', 'zeppelin-handbook', '--json')
    expect([code, err]).toEqual([1, 'cairn: nothing is no imported document: cairn corpus imports lists them\n'])
    expect(JSON.parse(out)).toMatchObject({ removed: [{ id: 'zeppelin-handbook' }], failures: [{ given: 'nothing' }] })
    expect((await corpus('remove', 'news.xml')).out).toBe('removed: Hulls (hulls)\n')
    expect((await corpus('imports')).out).toBe('')
  })
})

describe('importing a web address', { timeout: 60_000 }, () => {
  let server: Server
  let base: string
  let page = '<!doctype html><h1>Hangar</h1><p>The hangar is swept on Fridays.</p>'
  beforeEach(async () => {
    server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
      else if (request.url === '/image') response.setHeader('content-type', 'image/webp').end('RIFF and so on')
      else if (request.url === '/page') response.setHeader('content-type', 'text/html').end(page)
      else response.writeHead(404).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  it('is refused for an address that is not public, unless the operator allows it', async () => {
    const { code, err } = await corpus('import', `${base}/page`)
    expect(code).toBe(1)
    expect(err).toContain('leads to 127.0.0.1, an address that is not public')
    env.CAIRN_IMPORT_PRIVATE_ADDRESSES = '1'
    expect((await corpus('import', `${base}/page#top`)).out).toBe(`imported: Hangar (1 passage) as hangar, from ${base}/page\n`)
    page = page.replace('Fridays', 'Mondays')
    expect((await corpus('import', `${base}/page`)).out).toMatch(/^updated: Hangar/)
  })

  it('says for each failure what is wrong, one line each', async () => {
    env.CAIRN_IMPORT_PRIVATE_ADDRESSES = '1'
    const { code, out, err } = await corpus('import', `${base}/away`, `${base}/image`, `${base}/nothing`, `${base}/page`)
    expect(code).toBe(1)
    expect(out).toMatch(/^imported: Hangar .*\n$/)
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringContaining(`cairn: ${base}/away leads to 169.254.169.254`),
      expect.stringContaining(`cairn: ${base}/image comes as image/webp, which is no document`),
      expect.stringContaining(`cairn: ${base}/nothing is not there (404)`),
    ])
  })
})

describe('a running Cairn', { timeout: 60_000 }, () => {
  it('has a document as soon as it is imported, and no longer when it is removed', async () => {
    const running = startCairn(['serve'], { directory: temporary.path, env })
    try {
      const [, url] = await running.wrote(/Cairn is at (\S+)/)
      const ids = async () => ((await (await fetch(`${url}/api/models`)).json()) as { models: { id: string }[] }).models.map(({ id }) => id)
      await vi.waitFor(async () => expect(await ids()).toHaveLength(5), { timeout: 30_000, interval: 200 })
      const imported = startCairn(['corpus', 'import', await file('handbook.md', HANDBOOK)], { directory: temporary.path, env })
      expect([await imported.ended, imported.err()]).toEqual([{ code: 0, signal: null }, ''])
      await vi.waitFor(async () => expect(await ids()).toContain('zeppelin-handbook'), { timeout: 20_000, interval: 200 })
      await corpus('remove', 'zeppelin-handbook')
      await vi.waitFor(async () => expect(await ids()).toHaveLength(5), { timeout: 20_000, interval: 200 })
    } finally {
      await running.kill()
    }
  })
})
