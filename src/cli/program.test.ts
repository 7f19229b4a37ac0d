import { describe, expect, it } from 'vitest'
import { runCairn } from '../testing/run-cairn.ts'
import { createTemporaryDirectory } from '../testing/temporary-directory.ts'

const COMMANDS = [
  'serve',
  'ask',
  'place',
  'corpus',
  'corpus list',
  'corpus check',
  'corpus import',
  'corpus imports',
  'corpus remove',
  'index',
  'crosswalk',
  'assess',
  'backup',
  'results',
  'digest',
  'digest preview',
  'export',
  'import',
  'delete',
  'teams',
  'teams package',
]

describe('help', () => {
  it('of the program names every command', async () => {
    const { code, out, err } = await runCairn(['--help'])
    expect([code, err]).toEqual([0, ''])
    for (const command of ['serve', 'ask', 'place', 'corpus', 'index', 'crosswalk', 'assess', 'backup', 'teams'])
      expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
    expect(out).toContain('.env.example')
  })

  it.each(COMMANDS)('of %s goes to standard output', async (command) => {
    const words = command.split(' ')
    const { code, out, err } = await runCairn([...words, '--help'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`Usage: cairn ${command}`)
  })

  it('is also a command', async () => {
    expect(await runCairn(['help', 'ask'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Usage: cairn ask') })
  })
})

describe('wrong usage', () => {
  it.each([
    [['asks'], "unknown command 'asks'"],
    [['corpus', 'lists'], "unknown command 'lists'"],
    [['corpus'], 'Usage: cairn corpus'],
    [['ask', '--modle', 'kmm', 'x'], "unknown option '--modle'"],
    [['--json'], "unknown option '--json'"],
    [['ask'], 'the question is missing'],
    [['ask', '--json'], 'the question is missing'],
    [['ask', 'x', '--model'], 'argument missing'],
    [['ask', 'What', 'is', 'this?'], 'too many arguments'],
    [['index', 'now'], 'too many arguments'],
    [['serve', '--port', '1'], "unknown option '--port'"],
    [['place', 'x'], 'model, section and statement are needed'],
  ])('%j ends with code 2 and says what is wrong', async (args, message) => {
    const { code, out, err } = await runCairn(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(message)
  })
})

describe('cairn serve', { timeout: 30_000 }, () => {
  it.each([[['serve']], [[]]])('as %j tells where it is, until it is stopped', async (args) => {
    const data = await createTemporaryDirectory()
    const env = { CAIRN_DATA_DIR: data.path, PORT: '0', LOG_LEVEL: 'silent' }
    const { code, out, err } = await runCairn(args, { env, stopped: async () => 'SIGTERM' })
    expect([code, out]).toEqual([0, ''])
    expect(err).toMatch(/^Cairn is at http:\/\/127\.0\.0\.1:\d+\n$/)
    await data.remove()
  })
})
