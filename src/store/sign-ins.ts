/** Who of a chat may use the web page as themselves. */
import type { SignIn, SignInStore } from '../shared/sign-ins.ts'
import { type Database, write } from './database.ts'

export function signInRepository(database: Database): SignInStore {
  const { db } = database
  return {
    async saveSignIn(signIn, now) {
      const { kind, tenant, person } = signIn
      await write(database, async (transaction) => {
        await transaction.deleteFrom('sign_ins').where('until', '<=', now).execute()
        if (kind === 'link')
          await transaction.deleteFrom('sign_ins').where('kind', '=', kind).where('tenant', '=', tenant).where('person', '=', person).execute()
        await transaction.insertInto('sign_ins').values(signIn).execute()
      })
    },

    async takeLink(hash, now) {
      const taken = await write(database, (transaction) =>
        transaction.deleteFrom('sign_ins').where('hash', '=', hash).where('kind', '=', 'link').returningAll().executeTakeFirst(),
      )
      return current(taken, now)
    },

    async session(hash, now) {
      return current(await db.selectFrom('sign_ins').selectAll().where('hash', '=', hash).where('kind', '=', 'session').executeTakeFirst(), now)
    },

    async endSession(hash) {
      await write(database, (transaction) => transaction.deleteFrom('sign_ins').where('hash', '=', hash).where('kind', '=', 'session').execute())
    },
  }
}

function current(signIn: SignIn | undefined, now: string): SignIn | undefined {
  return signIn !== undefined && signIn.until > now ? signIn : undefined
}
