/** `mkdir -p`, for every directory whose place is a setting. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { codeOf } from './errors.ts'

/**
 * Node's own recursive mkdir never returns where a directory exists but refuses new ones with ENOENT, as /proc does.
 * @throws the system's error when the directory can't be made or something else is in its place
 */
export async function makeDirectory(path: string): Promise<void> {
  if (await isDirectory(path)) return
  await makeDirectory(dirname(resolve(path)))
  try {
    await mkdir(path)
  } catch (error) {
    // Another process may have been faster.
    if (codeOf(error) !== 'EEXIST' || !(await isDirectory(path))) throw error
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}
