/** Where Cairn keeps what it makes: checked at the start, so that nothing fails later. */
import { access, constants } from 'node:fs/promises'
import { codeOf, messageOf, UserError } from './shared/errors.ts'
import { makeDirectory } from './shared/make-directory.ts'

/** @throws UserError when the directory can't be made or written */
export async function prepareDataDirectory(directory: string): Promise<void> {
  try {
    await makeDirectory(directory)
    await access(directory, constants.W_OK)
  } catch (error) {
    throw new UserError(`the data directory ${directory} can't be written (${codeOf(error) ?? messageOf(error)}): set CAIRN_DATA_DIR to one that can`, {
      cause: error,
    })
  }
}
