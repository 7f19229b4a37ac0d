import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const COLUMNS = ['What', 'Slack', 'Teams', 'Web page', 'Terminal', 'In the bot']
const page = readFileSync(join(import.meta.dirname, '../docs/surfaces.md'), 'utf8')
const lines = page.split('\n').filter((line) => line.startsWith('|') && !/^\|[-|]+$/.test(line))
const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
const isHead = (line: string) => line.startsWith(`| ${COLUMNS[0]} |`)
const rows = lines.filter((line) => !isHead(line)).map(cellsOf)
const named = new Set(rows.flatMap((cells) => [...(cells.at(-1) ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name as string)))

const CHAT = join(import.meta.dirname, 'chat')
const sources = readdirSync(CHAT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.split('/').includes('testing'))
  .map((file) => readFileSync(join(CHAT, file), 'utf8'))
const namesIn = (pattern: RegExp) => sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match.slice(1).find(Boolean) as string))

/** Buttons and forms by the names that their handlers, and what leads to them, have in the code. */
const written = namesIn(/\bon: '([a-z]+\.[a-z-]+)'|^\s*'([a-z]+\.[a-z-]+)':/gm)
const keptInConstants = namesIn(/(?:^\s*\[|\bon: )([A-Z_]{2,})\b/gm).flatMap((constant) => namesIn(new RegExp(`const ${constant} = '([a-z]+\\.[a-z-]+)'`, 'g')))
const pressed = new Set([...written, ...keptInConstants])
const commands = new Set(namesIn(/^.*\bname: '([a-z]+)',\s+usage: /gm))

describe('the page of surfaces', () => {
  it('has the same columns throughout', () => {
    expect(lines.filter(isHead).map(cellsOf)).toEqual(lines.filter(isHead).map(() => COLUMNS))
    expect(rows.length).toBeGreaterThan(30)
    expect(rows.filter((cells) => cells.length !== COLUMNS.length)).toEqual([])
  })

  it('leaves no cell empty; where something is missing, the reason stands there', () => {
    expect(rows.flat().filter((cell) => cell.length < 4 || /^(?:n\/a|none|no|tbd|-+)$/i.test(cell))).toEqual([])
    const missing = rows.flat().filter((cell) => /^not here/i.test(cell))
    expect(missing.length).toBeGreaterThan(0)
    expect(missing.filter((cell) => !/^Not here: .{15,}/.test(cell) || /\byet\b|\blater\b/i.test(cell))).toEqual([])
    expect(rows.flatMap((cells) => cells.slice(1, 3)).filter((cell) => cell.startsWith('Not here'))).toEqual([])
  })

  it('has a line for every command of the bot', () => {
    expect([...commands]).toEqual(expect.arrayContaining(['ask', 'assess', 'round', 'results', 'home', 'help']))
    expect([...commands].filter((name) => !named.has(name))).toEqual([])
  })

  it('has a line for every button and form of the bot', () => {
    expect(pressed.size).toBeGreaterThan(40)
    expect([...pressed].filter((name) => !named.has(name)).toSorted()).toEqual([])
  })

  it('names nothing that the bot does not have', () => {
    expect([...named].filter((name) => !pressed.has(name) && !commands.has(name)).toSorted()).toEqual([])
  })
})
