/** Opens the engine, the database and all that can be done with assessments for one command. */
import { randomUUID } from 'node:crypto'
import type { Team, TenantId } from '../assessments/records.ts'
import { loadConfig } from '../config.ts'
import type { Engine } from '../engine.ts'
import { UserError } from '../shared/errors.ts'
import type { Store } from '../store/open-store.ts'
import type { CommandIO } from './io.ts'
import { openConfiguredStore, withEngine } from './with-engine.ts'

/** The terminal and the web page belong to the same tenant. */
export const TENANT: TenantId = 'local'

export async function withAssessments<Result>(io: CommandIO, use: (parts: Opened) => Promise<Result>): Promise<Result> {
  // Loaded only when used: questions are answered without them.
  const [{ createAssessments }, { createCrosswalk }, { loadCrosswalk }] = await Promise.all([
    import('../assessments/create-assessments.ts'),
    import('../crosswalk/crosswalk.ts'),
    import('../crosswalk/load-crosswalk.ts'),
  ])
  return withEngine(io, async (engine) =>
    withStore(io, async (store) => {
      const assessments = createAssessments({
        store,
        corpus: () => engine.corpus,
        placer: () => engine.placer,
        assistant: () => engine.assistant,
        crosswalk: createCrosswalk(await loadCrosswalk()),
        now: () => new Date(),
        newId: randomUUID,
      })
      return use({ engine, store, assessments })
    }),
  )
}

export interface Opened {
  engine: Engine
  store: Store
  assessments: ReturnType<typeof import('../assessments/create-assessments.ts').createAssessments>
}

export async function withStore<Result>(io: CommandIO, use: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openConfiguredStore(loadConfig(io.env), (notice) => io.err(`cairn: ${notice}\n`))
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

/** @throws UserError naming the teams there are */
export async function findTeam({ assessments }: Store, name: string): Promise<Team> {
  const team = await assessments.teamByName(TENANT, name)
  if (team !== undefined) return team
  const names = (await assessments.teams(TENANT)).map((each) => `"${each.name}"`)
  throw new UserError(`there is no team "${name}": ${names.length === 0 ? 'none was assessed yet, "cairn assess" begins' : `use one of ${names.join(', ')}`}`)
}
