/** Modals and the Home tab, by the real web client. */
import type { WebClient } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { type SlackServer, type SlackServerOptions, startSlackServer } from '../slack-server.ts'
import { clientOf, codeOf, plain, section } from './test-client.ts'

let server: SlackServer

afterEach(() => server.close())

async function start(options: SlackServerOptions = {}): Promise<WebClient> {
  server = await startSlackServer(options)
  return clientOf(server)
}

const modal = (title: string) => ({ type: 'modal' as const, title: plain(title), close: plain('Close'), blocks: [section('Read')] })
const TEN_MINUTES = 600_000

describe('views', () => {
  /** As if the person had just pressed something. */
  function trigger(expiresIn = TEN_MINUTES, view?: string): string {
    const id = `1.2.${Math.random()}`
    server.world.triggers.set(id, { team: 'T1', user: 'U1', expiresAt: Date.now() + expiresIn, exchanged: false, ...(view === undefined ? {} : { view }) })
    return id
  }

  it('are opened once for a trigger, in time, and changed when nobody else did', async () => {
    const client = await start()
    const trigger_id = trigger()
    const { view } = await client.views.open({ trigger_id, view: modal('One') })
    expect(server.view('U1')).toMatchObject({ id: view?.id, title: { text: 'One' } })
    expect(await codeOf(client.views.open({ trigger_id, view: modal('Two') }))).toBe('exchanged_trigger_id')
    expect(await codeOf(client.views.open({ trigger_id: trigger(-1), view: modal('Two') }))).toBe('expired_trigger_id')
    expect(await codeOf(client.views.open({ trigger_id: '1.2.3', view: modal('Two') }))).toBe('invalid_trigger_id')
    expect(server.nothingWrong()).toHaveLength(3)
    const hash = view?.hash as string
    await client.views.update({ view_id: view?.id as string, hash, view: modal('Changed') })
    expect(await codeOf(client.views.update({ view_id: view?.id as string, hash, view: modal('Again') }))).toBe('hash_conflict')
    expect(await codeOf(client.views.update({ view_id: 'V9', view: modal('Again') }))).toBe('not_found')
    expect(server.view('U1')?.title).toMatchObject({ text: 'Changed' })
  })

  it('stand on each other, three at most', async () => {
    const client = await start()
    let view = (await client.views.open({ trigger_id: trigger(), view: modal('1') })).view
    const root = view?.id
    for (const title of ['2', '3']) view = (await client.views.push({ trigger_id: trigger(TEN_MINUTES, view?.id), view: modal(title) })).view
    expect(server.view('U1')).toMatchObject({ title: { text: '3' }, root_view_id: root })
    expect(await codeOf(client.views.push({ trigger_id: trigger(TEN_MINUTES, view?.id), view: modal('4') }))).toBe('push_limit_reached')
    expect(await codeOf(client.views.push({ trigger_id: trigger(), view: modal('4') }))).toBe('not_found')
  })

  it('are what Slack takes, and Home for somebody who is there', async () => {
    const client = await start()
    expect(await codeOf(client.views.open({ trigger_id: trigger(), view: modal('A title that is far too long') }))).toBe('invalid_arguments')
    expect(server.nothingWrong().splice(0)).toEqual([expect.stringContaining('24')])
    const { view } = await client.views.publish({ user_id: 'U1', view: { type: 'home', blocks: [section('Home')] } })
    expect(server.home('U1')).toMatchObject({ id: view?.id, type: 'home' })
    await client.views.publish({ user_id: 'U1', hash: view?.hash as string, view: { type: 'home', blocks: [section('Home 2')] } })
    expect(await codeOf(client.views.publish({ user_id: 'U1', hash: view?.hash as string, view: { type: 'home', blocks: [] } }))).toBe('hash_conflict')
    expect(await codeOf(client.views.publish({ user_id: 'U99', view: { type: 'home', blocks: [] } }))).toBe('user_not_found')
  })
})
