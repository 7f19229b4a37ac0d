/** Bolt's logger on ours. What Bolt calls debugging can hold tokens and what people wrote, so it is only for those who ask for it. */
import { type Logger, LogLevel } from '@slack/bolt'
import type { Logger as Pino } from 'pino'

export function boltLog(log: Pick<Pino, 'debug' | 'info' | 'warn' | 'error' | 'level'>): Logger {
  const say =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...said: unknown[]) =>
      log[level]({ from: 'bolt' }, said.map(String).join(' '))
  return {
    debug: say('debug'),
    // What Bolt tells at each call is of no use to whoever runs Cairn.
    info: say('debug'),
    warn: say('warn'),
    // A connection that drops, a call that Slack refuses: what fails with it is thrown, and told where it is known what it means.
    error: say('warn'),
    getLevel: () => (log.level === 'debug' || log.level === 'trace' ? LogLevel.DEBUG : LogLevel.INFO),
    // The level is set once, for everything, by LOG_LEVEL.
    setLevel: () => {},
    setName: () => {},
  }
}
