/** The process is killed while it answers and started again over the same database: what was acknowledged is answered, once. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CairnProcess, startCairn } from '../testing/cairn-process.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { startTeamsServer, type TeamsServer } from './testing/teams-server.ts'

const QUESTION = 'What should a team have in place before it scales Kubernetes?'
/** A process is taken for gone after ten seconds without a sign. */
const TAKEN_UP_MS = 40_000

let server: TeamsServer
let directory: TemporaryDirectory
let cairn: CairnProcess

const start = async () => {
  cairn = startCairn(['serve'], { directory: directory.path, env: server.settings })
  const [, url = ''] = await cairn.wrote(/listening at (http:\/\/[\d.:]+)/)
  server.setMessagingEndpoint(`${url}/api/messages`)
  await cairn.wrote(/"ready"/)
}
beforeAll(async () => {
  directory = await createTemporaryDirectory()
  server = await startTeamsServer()
  await start()
}, 60_000)
afterAll(async () => {
  await cairn?.kill()
  await server?.close()
  await directory?.remove()
})

it('what was acknowledged is answered once by the next process', async () => {
  const ada = server.user('ada')
  const answers = () => server.dm('ada').filter(({ from, text }) => from === 'bot' && text !== '')
  // Long enough to be killed in between.
  server.delay(2_000)
  for (let i = 0; i < 3; i++) ada.dm(QUESTION)
  const asked = server.user('bob').mention('payments', QUESTION)
  await server.until(() => server.ackTimes().length === 4, 10_000)
  await cairn.kill()
  expect(answers()).toEqual([])
  server.delay(0)
  await start()
  const inThread = () => server.messagesIn('payments', { thread: asked.id }).filter(({ from, text }) => from === 'bot' && text !== '')
  await server.until(() => answers().length >= 3 && inThread().length >= 1, TAKEN_UP_MS)
  // One that is doubled comes soon after.
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect([answers().length, inThread().length]).toEqual([3, 1])
  expect(cairn.err()).toMatch(/^Cairn is at \S+\n$/)
}, 120_000)
