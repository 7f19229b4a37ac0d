/** A directory of its own for a test; removed by the caller. */
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryDirectory {
  path: string
  remove(): Promise<void>
}

export async function createTemporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'cairn-test-')))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
