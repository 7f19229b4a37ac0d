/** What somebody is told who may not do something, or can't: a fault, or that it was done, fails the test. */
import { UserError } from '../../shared/errors.ts'

export async function refusal(attempt: Promise<unknown> | undefined): Promise<string> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}
