import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createChat } from '../../chat/create-chat.ts'
import { eachOverEngine } from '../../chat/testing/over-engine.ts'
import { createTestDeps, type TestDeps } from '../../chat/testing/test-deps.ts'
import { textOf } from '../../chat/testing/test-platform.ts'
import { WAYS } from '../ways.ts'
import { packageApp } from './package-app.ts'
import { pixelsOf } from './testing/pixels.ts'

const APP_ID = '11111111-2222-3333-4444-555555555555'

const files = unzipSync(await packageApp(APP_ID))
const file = (name: string) => Buffer.from(files[name] ?? '')
/** What this test reads of it; the whole is checked by the schema. */
const manifest = z
  .looseObject({
    $schema: z.string(),
    manifestVersion: z.string(),
    id: z.string(),
    icons: z.object({ color: z.string(), outline: z.string() }),
    permissions: z.array(z.string()),
    validDomains: z.array(z.string()),
    bots: z.tuple([
      z.looseObject({
        botId: z.string(),
        scopes: z.array(z.string()),
        supportsFiles: z.boolean(),
        commandLists: z.array(
          z.object({ scopes: z.array(z.string()), commands: z.array(z.object({ title: z.string().max(32), description: z.string().max(128) })) }),
        ),
      }),
    ]),
    composeExtensions: z.tuple([
      z.looseObject({ botId: z.string(), commands: z.tuple([z.looseObject({ id: z.string(), context: z.array(z.string()), fetchTask: z.boolean() })]) }),
    ]),
  })
  .parse(JSON.parse(file('manifest.json').toString()))
const [bot] = manifest.bots

describe('the app package', () => {
  it('holds manifest and icons, and nothing else', () => {
    expect(Object.keys(files).toSorted()).toEqual(['color.png', 'manifest.json', 'outline.png'])
    expect(Object.values(manifest.icons).toSorted()).toEqual(['color.png', 'outline.png'])
  })

  it('has the app’s id wherever it belongs, and nothing left to fill in', () => {
    const [extension] = manifest.composeExtensions
    expect([manifest.id, bot.botId, extension.botId]).toEqual([APP_ID, APP_ID, APP_ID])
    expect(file('manifest.json').toString()).not.toMatch(/\{\{|\}\}/)
  })

  it('is the same, byte for byte, whenever and wherever it is made', async () => {
    const first = await packageApp(APP_ID)
    const zone = process.env.TZ
    process.env.TZ = 'Pacific/Auckland'
    try {
      expect(Buffer.from(await packageApp(APP_ID)).equals(first)).toBe(true)
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })
})

describe('the manifest', () => {
  const schemas = join(dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest')), 'json-schemas/teams')
  const schema = JSON.parse(readFileSync(join(schemas, `v${manifest.manifestVersion}/MicrosoftTeams.schema.json`), 'utf8'))
  const validator = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(validator)
  const isValid = validator.compile(schema)

  it('is valid against the schema that it names', () => {
    expect(manifest.$schema).toContain(`/teams/v${manifest.manifestVersion}/`)
    isValid(manifest)
    expect(isValid.errors ?? []).toEqual([])
  })

  it('is held against a schema that finds mistakes', () => {
    expect(isValid({ ...manifest, bots: [{ ...bot, scopes: ['groupchat'] }] })).toBe(false)
    expect(isValid({ ...manifest, id: 'cairn' })).toBe(false)
    expect(isValid({ ...manifest, whatever: true })).toBe(false)
  })

  it('asks for no rights beyond knowing who speaks and writing to members of a team', () => {
    expect(manifest.permissions).toEqual(['identity', 'messageTeamMembers'])
    expect(manifest.validDomains).toEqual([])
    for (const further of ['authorization', 'devicePermissions', 'webApplicationInfo']) expect(manifest).not.toHaveProperty(further)
  })

  it('offers the bot wherever it can be used, each place once', () => {
    expect(bot.scopes).toEqual(['personal', 'team', 'groupChat'])
    expect(bot.commandLists.flatMap(({ scopes }) => scopes)).toEqual(bot.scopes)
    expect(bot.supportsFiles).toBe(true)
  })

  it('puts one action into the menus of messages, which opens a window', () => {
    expect(manifest.composeExtensions[0].commands).toMatchObject([{ id: 'askAboutThis', context: ['message'], fetchTask: true }])
  })

  describe('with the bot beside it', () => {
    let deps: TestDeps
    eachOverEngine(createTestDeps, (fresh) => {
      deps = fresh
    })

    it('offers every command of the bot, and no other', async () => {
      await createChat(deps).message(deps.platform.exchange({ place: { kind: 'personal' }, ways: WAYS }), 'help')
      const told = [...textOf(deps.platform.last()).matchAll(/^- ([a-z]+)/gm)].map(([, name]) => name as string)
      expect(told).toContain('assess')
      const offered = new Set(bot.commandLists.flatMap(({ commands }) => commands.map(({ title }) => title)))
      expect([...offered].toSorted()).toEqual(told.toSorted())
    })
  })
})

describe('the icons', () => {
  it('have Teams’ sizes', () => {
    const size = (name: string) => [pixelsOf(file(name)).width, pixelsOf(file(name)).height]
    expect([size('color.png'), size('outline.png')]).toEqual([
      [192, 192],
      [32, 32],
    ])
  })

  it('are a full square in colour, and white on nothing', () => {
    const color = pixelsOf(file('color.png')).pixels
    expect(color.every(([, , , alpha]) => alpha === 255)).toBe(true)
    expect(new Set(color.map((pixel) => pixel.join())).size).toBeGreaterThan(4)
    const outline = pixelsOf(file('outline.png')).pixels
    const shown = outline.filter(([, , , alpha]) => alpha > 0)
    expect(shown.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true)
    expect(shown.length / outline.length).toBeGreaterThan(0.2)
    expect(shown.length / outline.length).toBeLessThan(0.8)
  })
})
