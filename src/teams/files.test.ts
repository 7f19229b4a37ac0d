/** Files that people are offered and take: Teams asks them first, some day, and another process may be there by then. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readerOf } from './testing/bot-reader.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'
import type { TeamsMessage, Wire } from './testing/world.ts'

const TEAM = 'exported'

let bot: TeamsBot
/** Somebody's OneDrive. */
let storage: Server
const uploads: { path: string; range: string; body: string }[] = []
const { dmOf, awaited, stored, tenant } = readerOf(() => bot)

beforeAll(async () => {
  bot = await startTeamsBot()
  storage = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    uploads.push({ path: request.url ?? '', range: String(request.headers['content-range']), body: Buffer.concat(pieces).toString() })
    response.writeHead(201).end()
  })
  await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve))
}, 30_000)
afterAll(async () => {
  storage?.closeAllConnections()
  storage?.close()
  await bot?.close()
})
beforeEach(async () => {
  uploads.splice(0)
  const { aadObjectId: id } = bot.server.user('ada')
  await stored(async ({ assessments }) => {
    await assessments.deleteTeam(tenant(), TEAM)
    await assessments.saveTeam(tenant(), { id: TEAM, name: 'Exported', createdAt: new Date().toISOString() })
    await assessments.savePerson(tenant(), { id, name: 'Ada' })
    await assessments.addMember(tenant(), TEAM, id)
  })
})

interface Offer {
  message: TeamsMessage
  consent: { acceptContext: Wire; declineContext: Wire; sizeInBytes: number; description: string }
}

/** One as CSV, one as JSON. */
async function offered(): Promise<readonly [Offer, Offer]> {
  const { server } = bot
  const before = new Set(dmOf('ada'))
  server.user('ada').dm('results export Exported')
  const found = () => dmOf('ada').flatMap((message) => (before.has(message) ? [] : offersIn(message)))
  const [csv, json] = await server.until(() => (found().length === 2 ? found() : undefined), 10_000)
  if (csv === undefined || json === undefined) throw new Error('nothing was offered')
  return [csv, json]
}

function offersIn(message: TeamsMessage): Offer[] {
  const attachments = (message.activity.attachments ?? []) as { contentType: string; content: Offer['consent'] }[]
  return attachments.flatMap(({ contentType, content }) => (contentType.endsWith('file.consent') ? [{ message, consent: content }] : []))
}

async function press(action: 'accept' | 'decline', { message }: Offer, context: unknown): Promise<void> {
  const { server } = bot
  const ada = server.user('ada')
  const url = `http://127.0.0.1:${(storage.address() as AddressInfo).port}`
  const uploadInfo = { uploadUrl: `${url}/put`, contentUrl: 'https://files.example/x', name: 'x.csv', uniqueId: 'u', fileType: 'csv' }
  const activity = {
    type: 'invoke',
    name: 'fileConsent/invoke',
    id: `f:${Math.random()}`,
    channelId: 'msteams',
    serviceUrl: server.serviceUrl(),
    from: { id: ada.id, aadObjectId: ada.aadObjectId },
    recipient: { id: server.botId },
    conversation: { id: ada.personal, conversationType: 'personal', tenantId: ada.tenant },
    replyToId: message.id,
    value: { type: 'fileUpload', action, context, ...(action === 'accept' ? { uploadInfo } : {}) },
  }
  expect((await server.post(activity)).status).toBe(200)
}
const shownFiles = () => dmOf('ada').filter(({ activity }) => JSON.stringify(activity).includes('file.info'))

it('a file is offered with its size, and given to whoever takes it', async () => {
  const [csv] = await offered()
  expect(csv.consent.description).toBe('Exported: results')
  await press('accept', csv, csv.consent.acceptContext)
  await bot.server.until(() => shownFiles().length === 1, 10_000)
  const { sizeInBytes } = csv.consent
  expect(uploads).toMatchObject([{ path: '/put', range: `bytes 0-${sizeInBytes - 1}/${sizeInBytes}` }])
  expect(Buffer.byteLength(uploads[0]?.body ?? '')).toBe(sizeInBytes)
  await bot.server.until(() => !dmOf('ada').includes(csv.message))
  expect(bot.server.nothingWrong()).toEqual([])
}, 30_000)

it('one that a process offered is given by another', async () => {
  const [, json] = await offered()
  await bot.restart()
  await press('accept', json, json.consent.acceptContext)
  await bot.server.until(() => uploads.length === 1, 10_000)
  expect(JSON.parse(uploads[0]?.body ?? '')).toMatchObject({ team: { name: 'Exported' } })
  await bot.server.until(() => !dmOf('ada').includes(json.message))
}, 30_000)

it('whoever may not have it any more is told so, and gets nothing', async () => {
  const [csv, json] = await offered()
  await stored(({ assessments }) => assessments.deletePerson(tenant(), bot.server.user('ada').aadObjectId))
  await press('accept', csv, csv.consent.acceptContext)
  await awaited(() => dmOf('ada'), 'There is no such team')
  await stored(({ chat }) => chat.saveSetting(tenant(), 'team', TEAM, 'visibility', 'workspace'))
  await press('accept', json, json.consent.acceptContext)
  await awaited(() => dmOf('ada'), 'is for its people')
  expect(uploads).toEqual([])
}, 30_000)

it('who declines is not asked again, and gets nothing', async () => {
  const [csv] = await offered()
  await press('decline', csv, csv.consent.declineContext)
  await bot.server.until(() => !dmOf('ada').includes(csv.message), 10_000)
  expect(uploads).toEqual([])
}, 30_000)

it.each([undefined, 'x', { file: 'another' }, { press: { on: 'constructor' } }])('what was not offered so is not given: %j', async (context) => {
  const [csv] = await offered()
  const before = dmOf('ada').length
  await press('accept', csv, context)
  await awaited(() => dmOf('ada'), 'older message', before)
  expect(uploads).toEqual([])
}, 30_000)
