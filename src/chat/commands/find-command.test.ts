import { describe, expect, it } from 'vitest'
import type { Command } from '../feature.ts'
import { findCommand, isCommandMessage } from './find-command.ts'

const named = (name: string, usage = '[team]'): Command => ({ name, usage, description: '', run: async () => {} })
const COMMANDS = [named('ask', 'your question'), named('assess', '[model] [scope]'), named('results'), named('round'), named('help', '')]

describe('a command', () => {
  it('is its first word, whatever its case, and the rest as typed', () => {
    expect(findCommand('  Results  Team  Blue ', COMMANDS)).toMatchObject({ kind: 'command', command: { name: 'results' }, words: 'Team  Blue' })
    expect(findCommand('', COMMANDS)).toEqual({ kind: 'nothing' })
  })

  it.each([
    ['asess', 'assess'],
    ['reslts', 'results'],
    ['halp', 'help'],
    ['rounds', 'round'],
    ['result', 'results'],
  ])('that is misspelt as %s is offered as %s', (typed, name) => {
    expect(findCommand(`${typed} kmm`, COMMANDS)).toMatchObject({ kind: 'unknown', word: typed, nearest: { name } })
  })

  it.each(['kubernetes', 'x', 'constructor', '🙂', 'deploy'])('is not guessed from %s', (typed) => {
    expect(findCommand(typed, COMMANDS)).toEqual({ kind: 'unknown', word: typed })
  })
})

describe('a message', () => {
  it.each(['assess kmm quick', 'results', 'help', 'Results of Payments', 'ask what is SBOM?'])('“%s” is a command', (typed) => {
    expect(isCommandMessage(typed, COMMANDS)).toBe(true)
  })

  it.each([
    'help me with zero trust',
    'results of audits are kept in a spreadsheet that nobody opens',
    'assess what comes after level 2?',
    'round robin or least connections?',
    'what is GitOps?',
  ])('“%s” is none', (typed) => {
    expect(isCommandMessage(typed, COMMANDS)).toBe(false)
  })
})
