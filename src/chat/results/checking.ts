/** A form is checked for what stands in its fields; whether it may be handed in at all is said when it is. */
import { UserError } from '../../shared/errors.ts'
import type { FormHandler } from '../feature.ts'

type Check = NonNullable<FormHandler['check']>

export function checking(check: Check): Check {
  return async (who, submission) => {
    try {
      return await check(who, submission)
    } catch (error) {
      if (error instanceof UserError) return undefined
      throw error
    }
  }
}
