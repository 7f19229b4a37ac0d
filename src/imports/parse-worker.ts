/** Reads one document in a thread of its own: hostile input can at worst cost this thread its memory or its time. */
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf, UserError } from '../shared/errors.ts'
import { type ParsedDocument, parseDocument, type RawDocument } from './parse-document.ts'

/** `refused`: expected, and told as it is. `failed`: a parser gave up. */
export type ParseResult = { kind: 'parsed'; documents: ParsedDocument[] } | { kind: 'refused' | 'failed'; reason: string }

const port = parentPort
if (port === null) throw new Error('parse-worker.ts runs only as a worker thread')

async function parse(raw: RawDocument): Promise<ParseResult> {
  try {
    return { kind: 'parsed', documents: await parseDocument(raw) }
  } catch (error) {
    return { kind: error instanceof UserError ? 'refused' : 'failed', reason: messageOf(error) }
  }
}

port.postMessage(await parse(workerData as RawDocument))
