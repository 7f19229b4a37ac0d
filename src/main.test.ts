import { once } from 'node:events'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type CairnProcess, startCairn } from './testing/cairn-process.ts'
import { jsonLines } from './testing/run-cairn.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from './testing/temporary-directory.ts'

const PROCESS_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 5_000
const ADDRESS = /Cairn is at (http:\/\/127\.0\.0\.1:\d+)\n/

let temporary: TemporaryDirectory
const started: CairnProcess[] = []
beforeAll(async () => {
  temporary = await createTemporaryDirectory()
})
afterEach(() => Promise.all(started.splice(0).map((each) => each.kill())))
afterAll(() => temporary.remove())

function cairn(
  args: readonly string[],
  { env = {}, input = '', directory = temporary.path }: { env?: Record<string, string>; input?: string; directory?: string } = {},
) {
  const run = startCairn(args, { directory, env, input })
  started.push(run)
  return run
}

async function stop(run: CairnProcess, signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM') {
  const asked = performance.now()
  run.child.kill(signal)
  const end = await run.ended
  return { ...end, inTime: performance.now() - asked < STOP_LIMIT_MS }
}

it('runs on the version of Node that the project asks for', () => {
  expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(24)
})

describe('the served page', { timeout: PROCESS_LIMIT_MS }, () => {
  it('tells its address, answers, keeps questions out of its log and ends on SIGTERM', async () => {
    const run = cairn([])
    const [, url] = await run.wrote(ADDRESS)
    const question = 'What does level 2 of security ask for in the KMM, says my zebrafinch?'
    const ask = (body: unknown) => fetch(`${url}/api/ask`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    expect(jsonLines(await (await ask({ question })).text()).at(-1)).toMatchObject({ type: 'done', answer: { question } })
    expect((await ask({ question: `zebrafinch ${'x'.repeat(4001)}` })).status).toBe(400)
    expect((await fetch(`${url}/?q=zebrafinch`)).status).toBe(200)
    // Browsers hold connections open that they may never use.
    const unused = connect({ port: Number(new URL(String(url)).port), host: '127.0.0.1' })
    unused.on('error', () => {})
    await once(unused, 'connect')

    expect(await stop(run)).toEqual({ code: 0, signal: null, inTime: true })
    unused.destroy()
    expect(run.err()).toMatch(/^Cairn is at [^\n]+\n$/)
    const log = jsonLines(run.out())
    expect(log.filter(({ msg }) => msg === 'request').map(({ route, status }) => [route, status])).toEqual([
      ['/api/ask', 200],
      ['/api/ask', 400],
      ['/', 200],
    ])
    expect(run.out()).not.toContain('zebrafinch')
  })

  it('ends on Ctrl-C as well, also when nobody reads its messages', async () => {
    const run = cairn(['serve'])
    run.child.stderr.destroy()
    const [, url] = await run.wrote(/Server listening at (http:[^"]+)"/)
    await run.wrote(/"msg":"ready"/)
    // Once it answers, the address has gone to the closed pipe.
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect(await stop(run, 'SIGINT')).toEqual({ code: 0, signal: null, inTime: true })
  })
})

describe('a start that cannot work', { timeout: PROCESS_LIMIT_MS }, () => {
  const expectOneLine = async (run: CairnProcess, pattern: RegExp) => {
    expect(await run.ended).toEqual({ code: 1, signal: null })
    expect(run.err()).toMatch(pattern)
    expect(run.err().trimEnd()).not.toContain('\n')
    expect(run.out()).toBe('')
  }

  it('because something else is in the place of the data directory gives one line and code 1', async () => {
    const file = join(temporary.path, 'file')
    await writeFile(file, '')
    await expectOneLine(cairn([], { env: { CAIRN_DATA_DIR: join(file, 'data') } }), /^cairn: the data directory .* can't be written .*set CAIRN_DATA_DIR/)
  })

  // Root may write anywhere.
  it.skipIf(process.getuid?.() === 0)('because the data directory is read-only gives one line and code 1', async () => {
    const directory = join(temporary.path, 'read-only')
    await mkdir(directory)
    await chmod(directory, 0o555)
    await expectOneLine(cairn([], { env: { CAIRN_DATA_DIR: directory } }), /^cairn: the data directory .* can't be written \(EACCES\)/)
  })

  it('because settings in .env are wrong gives one line and code 1', async () => {
    const directory = join(temporary.path, 'configured')
    await mkdir(directory)
    await writeFile(join(directory, '.env'), 'LOG_LEVEL=loud\nOPENAI_BASE_URL=nowhere\nCAIRN_MODELS_DIR=\n')
    await expectOneLine(cairn([], { directory }), /^cairn: settings: OPENAI_BASE_URL .*; LOG_LEVEL /)
  })
})

describe('a command', { timeout: PROCESS_LIMIT_MS }, () => {
  it('answers lines of standard input that hold any separator JSON allows', async () => {
    const questions = ['What does level 2\u2028of security ask for in the KMM?', 'hello']
    const input = `\ufeff${questions.map((question, i) => `${JSON.stringify({ id: `q-${i}`, question })}\r\n`).join('')}`
    const run = cairn(['ask', '--jsonl'], { input: input.trimEnd() })
    expect([await run.ended, run.err()]).toEqual([{ code: 0, signal: null }, ''])
    expect(jsonLines(run.out()).map(({ id, question, outcome }) => [id, question, outcome])).toEqual([
      ['q-0', questions[0], 'answered'],
      ['q-1', questions[1], 'clarify'],
    ])
  })

  it('prints JSON and nothing else', async () => {
    const run = cairn(['ask', '--json', 'What does level 2 of security ask for in the KMM?'])
    expect([await run.ended, run.err()]).toEqual([{ code: 0, signal: null }, ''])
    expect(JSON.parse(run.out())).toMatchObject({ outcome: 'answered', answerer: 'extractive' })
  })

  it('ends with code 2 when it is used wrongly', async () => {
    const run = cairn(['ask', '--modle', 'kmm', 'x'])
    expect(await run.ended).toMatchObject({ code: 2 })
    expect([run.out(), run.err()]).toEqual(['', expect.stringContaining("unknown option '--modle'")])
  })

  it('does not fail when its reader has seen enough', async () => {
    const run = cairn(['corpus', 'list', '--json'])
    await once(run.child.stdout, 'data')
    run.child.stdout.destroy()
    expect([await run.ended, run.err()]).toEqual([{ code: 0, signal: null }, ''])
  })
})
