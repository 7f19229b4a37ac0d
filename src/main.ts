#!/usr/bin/env node
/** Where everything starts: the only file that touches the process. */
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

// Before anything else is loaded: Node keeps compiled code among the temporary files, and the next start takes a tenth less.
enableCompileCache()
const [{ runCommand }, { readLines }] = await Promise.all([import('./cli/program.ts'), import('./cli/read-lines.ts')])

/** A stop that takes longer than this is cut short. */
const STOP_LIMIT_MS = 4_500

if (existsSync('.env')) process.loadEnvFile('.env')

/** A reader that closes the pipe early (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
/** Nobody reads the messages any more: the work itself goes on. */
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  lines: () => readLines(process.stdin),
  isTerminal: process.stderr.isTTY === true,
  stopped: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        process.once(signal, () => {
          setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
          resolve(signal)
        })
      }
    }),
})
