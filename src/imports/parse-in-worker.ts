/** Reads a document within limits of time and memory; whoever reaches one is ended, and the document refused. */
import { Worker } from 'node:worker_threads'
import { codeOf, messageOf, UserError } from '../shared/errors.ts'
import { PARSE_HEAP_MB, PARSE_LIMIT_MS } from './limits.ts'
import type { ParsedDocument, RawDocument } from './parse-document.ts'
import type { ParseResult } from './parse-worker.ts'

export interface ParseLimits {
  limitMs?: number
  heapMb?: number
}

const SIMPLER = 'save it in a simpler form (Markdown or text) and import that'

/** @throws UserError whose message goes behind the document's name */
export async function parseInWorker(raw: RawDocument, { limitMs = PARSE_LIMIT_MS, heapMb = PARSE_HEAP_MB }: ParseLimits = {}): Promise<ParsedDocument[]> {
  const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), {
    workerData: raw,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32 },
    // Parsers write warnings to the console, and standard output may be somebody's JSON.
    stdout: true,
    stderr: true,
  })
  worker.stdout.resume()
  worker.stderr.resume()
  let timer: NodeJS.Timeout | undefined
  try {
    const result = await new Promise<ParseResult>((resolve) => {
      const refuse = (reason: string) => resolve({ kind: 'refused', reason })
      timer = setTimeout(() => refuse(`takes longer than ${limitMs / 1000} s to read: ${SIMPLER}`), limitMs)
      worker.once('message', resolve)
      worker.once('error', (error) =>
        codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY'
          ? refuse(`needs more than ${heapMb} MB of memory to be read: ${SIMPLER}`)
          : resolve({ kind: 'failed', reason: messageOf(error) }),
      )
      worker.once('exit', (code) => resolve({ kind: 'failed', reason: `its thread ended with code ${code}` }))
    })
    if (result.kind === 'parsed') return result.documents
    throw new UserError(result.kind === 'refused' ? result.reason : `can't be read (${oneShortLine(result.reason)}): ${SIMPLER}`)
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function oneShortLine(reason: string): string {
  return (reason.split('\n')[0] ?? '').slice(0, 160)
}
