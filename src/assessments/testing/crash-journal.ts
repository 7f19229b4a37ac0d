/** What respondents know themselves, in a file outside the process that is killed: what they pressed, and what was acknowledged to them. */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { AnswerValue, Run } from '../records.ts'

/** An answer on its way. */
export interface Press {
  run: string
  key: string
  question: string
  /** The run's when it was pressed. */
  version: number
  value: AnswerValue
}

export type Entry =
  /** Written before it is sent. */
  | ({ kind: 'pressed' } & Press)
  /** `repeated`: the process said that it was recorded before; `version` is the run's afterwards. */
  | { kind: 'recorded'; run: string; key: string; version: number; repeated: boolean }
  /** Any acknowledged turn: the run was seen like this. */
  | { kind: 'seen'; run: string; version: number; state: Run['state'] }

export interface Journal {
  /** On disk when it returns, if it is an acknowledgement. */
  write(entry: Entry): void
  close(): void
}

/** @param path of no file yet: what others were told is not what these respondents know */
export function openJournal(path: string): Journal {
  const file = openSync(path, 'ax')
  return {
    write(entry) {
      writeSync(file, `${JSON.stringify(entry)}\n`)
      if (entry.kind === 'recorded') fsyncSync(file)
    },
    close: () => closeSync(file),
  }
}

export function readJournal(path: string): Entry[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Entry => JSON.parse(line))
}
