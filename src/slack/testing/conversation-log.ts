/** What is written down while people talk: no failure of ours, no token, no secret, nothing that somebody typed. */
import { expect } from 'vitest'
import type { SlackBot } from './slack-bot.ts'

const ERROR = 50

interface Line {
  level: number
  msg: string
}

export function errorsIn({ log }: Pick<SlackBot, 'log'>): Line[] {
  return linesOf(log()).filter(({ level }) => level >= ERROR)
}

/** Slack found nothing wrong with what it was sent, and nothing failed on our side. */
export function expectNothingToldOff(bot: SlackBot): void {
  expect(bot.server.nothingWrong()).toEqual([])
  expect(errorsIn(bot)).toEqual([])
}

export function linesOf(log: string): Line[] {
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}
