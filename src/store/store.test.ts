/** The store's promises, kept by both dialects: on a real file and on a real server. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { type PostgresServer, startPostgres } from '../testing/postgres-server.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { openStore, type Store } from './open-store.ts'
import { answersSuite } from './testing/answers-suite.ts'
import { chatsSuite } from './testing/chats-suite.ts'
import { conversationsSuite } from './testing/conversations-suite.ts'
import { digestsSuite } from './testing/digests-suite.ts'
import { onceSuite } from './testing/once-suite.ts'
import { recordsSuite } from './testing/records-suite.ts'
import { signInsSuite } from './testing/sign-ins-suite.ts'
import { tenancySuite } from './testing/tenancy-suite.ts'
import { transferSuite } from './testing/transfer-suite.ts'
import { upgradeSuite } from './testing/upgrade-suite.ts'

let directory: TemporaryDirectory | undefined
let server: PostgresServer | undefined

/** Each gives the address of a new database, by its name. */
const DIALECTS = {
  SQLite: async () => {
    const made = await createTemporaryDirectory()
    directory = made
    return async (name: string) => `sqlite:${join(made.path, `${name}.db`)}`
  },
  PostgreSQL: async () => {
    server = await startPostgres()
    return server.createDatabase
  },
}

afterAll(async () => {
  await directory?.remove()
  await server?.stop()
})

describe.each(Object.entries(DIALECTS))('the store on %s', { timeout: 20_000 }, (_, prepare) => {
  let store: Store
  let other: Store
  let newDatabase: (name: string) => Promise<string>
  beforeAll(async () => {
    newDatabase = await prepare()
    const url = await newDatabase('cairn')
    ;[store, other] = await Promise.all([openStore(url), openStore(url)])
  }, 60_000)
  afterAll(async () => {
    await store?.close()
    await other?.close()
  })

  recordsSuite(() => store)
  answersSuite(
    () => store,
    () => other,
  )
  chatsSuite(() => store)
  conversationsSuite(() => store)
  digestsSuite(
    () => store,
    () => other,
  )
  onceSuite(
    () => store,
    () => other,
  )
  signInsSuite(
    () => store,
    () => other,
  )
  transferSuite(() => store)
  tenancySuite(() => store)
  upgradeSuite((name) => newDatabase(name))
})
