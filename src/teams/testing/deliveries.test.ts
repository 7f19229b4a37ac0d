/** What reaches an app, how often, and what happens when it does not answer. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { readBody } from '../../testing/http-bodies.ts'
import { startTeamsServer, type TeamsServer, type TeamsServerOptions } from './teams-server.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** @param answer the status for each request, counted from 1; 0: none ever */
async function start(options: TeamsServerOptions, answer: (attempt: number) => number): Promise<{ server: TeamsServer; ids: string[] }> {
  const server = await startTeamsServer(options)
  const ids: string[] = []
  const app = createServer(async (request, response) => {
    ids.push(JSON.parse((await readBody(request)).toString()).id)
    const status = answer(ids.length)
    if (status > 0) response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  server.setMessagingEndpoint(`http://127.0.0.1:${(app.address() as AddressInfo).port}/api/messages`)
  closing.push(() => {
    app.closeAllConnections()
    app.close()
  }, server.close)
  return { server, ids }
}

describe('an activity', () => {
  it('that nobody takes comes again, the same, for as often as Teams tries', async () => {
    const { server, ids } = await start({ times: { ackMs: 200, retryDelaysMs: [10, 20] } }, (attempt) => [500, 0, 503][attempt - 1] ?? 200)
    const { id } = server.user('ada').dm('hello')
    await server.settled()
    expect(ids).toEqual([id, id, id])
    expect(server.deliveries[0]?.attempts.map(({ failed }) => failed)).toEqual(['http_error', 'timeout', 'http_error'])
    expect(server.ackTimes()).toEqual([])
  })

  it('comes twice when asked for', async () => {
    const { server, ids } = await start({}, () => 200)
    server.redeliverEvery(2)
    const [first, second] = [server.user('ada').dm('once'), server.user('ada').dm('twice')]
    await server.settled()
    const [delivery] = server.deliveries
    if (delivery === undefined) throw new Error('nothing was sent')
    await server.redeliver(delivery)
    expect(ids.toSorted()).toEqual([first.id, first.id, second.id, second.id].toSorted())
    expect(server.ackTimes()).toHaveLength(4)
  })
})

describe('a button', () => {
  it('that is not answered in time fails for the person, once', async () => {
    const { server, ids } = await start({ times: { ackMs: 100 } }, (attempt) => (attempt === 1 ? 200 : 0))
    const ada = server.user('ada')
    const said = ada.dm('hello')
    await server.settled()
    await expect(ada.pressRaw(said, { verb: 'any', data: {} })).rejects.toThrow('the app did not respond: timeout')
    expect(ids).toHaveLength(2)
    expect(server.nothingWrong()).toEqual([])
  })
})
