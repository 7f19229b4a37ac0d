/** `cairn digest`: what a digest would say now. Sending by itself needs a chat platform, seeing it does not. */
import { Command, Option } from 'commander'
import { isDay } from '../assessments/calendar-day.ts'
import { REMOVED_PERSON } from '../assessments/records.ts'
import { digestToTry, periodUntilNow } from '../digests/as-of-now.ts'
import { DIGEST_KINDS } from '../digests/digest-kinds.ts'
import type { Digest, DigestKind } from '../digests/records.ts'
import { UserError } from '../shared/errors.ts'
import { momentOf } from '../shared/zoned-time.ts'
import { DEFAULT_TEAM } from './assess.ts'
import type { CommandIO } from './io.ts'
import { findTeam, type Opened, TENANT, withAssessments } from './with-assessments.ts'

interface PreviewOptions {
  team: string
  kind: DigestKind
  model?: string
  since?: string
  json?: boolean
}

export function digestCommand(io: CommandIO): Command {
  return new Command('digest').description('regular messages about what has changed').addCommand(previewCommand(io))
}

function previewCommand(io: CommandIO): Command {
  return new Command('preview')
    .description('print what a digest would say now')
    .option('--team <name>', 'the team; a digest for the organisation shows all teams that agreed', DEFAULT_TEAM)
    .addOption(new Option('--kind <kind>', 'what it tells').choices([...DIGEST_KINDS]).default('weekly'))
    .option('--model <id>', 'only by this model; without it by the one assessed last')
    .option('--since <date>', 'what has changed since that day, as in 2026-12-24; without it a week, or a month')
    .option('--json', 'print the digest as data')
    .action(async ({ team, kind, model, since, json }: PreviewOptions) => {
      await withAssessments(io, async (opened) => {
        const { engine, store } = opened
        const [{ composeDigest }, { AGREED, ORGANISATION_SETTING }] = await Promise.all([
          import('../digests/content/compose-digest.ts'),
          import('../digests/content/organisation-items.ts'),
        ])
        const digest = await digestFor({ team, kind, ...(model === undefined ? {} : { model }) }, opened)
        const now = new Date()
        const usual = periodUntilNow(digest, now)
        const period = since === undefined ? usual : { ...usual, from: beginOf(since, digest.schedule.zone, now) }
        const content = await composeDigest(
          { tenant: TENANT, digest, period, late: false, now },
          {
            store: store.assessments,
            corpus: () => engine.corpus,
            agreed: (tenant) => store.chat.withSetting(tenant, 'team', ORGANISATION_SETTING, AGREED),
            askedSince: (tenant, from) => store.chat.askedSince(tenant, from),
          },
        )
        const { digestPreview, previewData } = await import('./digest-preview.ts')
        if (json === true) return io.out(`${JSON.stringify(previewData(content), null, 2)}\n`)
        const members = await Promise.all(digest.teams.map((each) => store.assessments.members(TENANT, each)))
        io.out(digestPreview(content, new Map(members.flat().map(({ id, name }) => [id, name]))))
      })
    })
}

/** As one that nobody has set up. */
async function digestFor({ team, kind, model }: Pick<PreviewOptions, 'team' | 'kind' | 'model'>, { engine, store }: Opened): Promise<Digest> {
  if (model !== undefined && engine.corpus.model(model) === undefined)
    throw new UserError(`there is no model "${model}": use one of ${engine.corpus.models.map(({ id }) => id).join(', ')}`)
  const teams = kind === 'organisation' ? await store.assessments.teams(TENANT) : [await findTeam(store, team)]
  if (teams.length === 0) throw new UserError('there is no team yet: "cairn assess" begins')
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const about = { kind, teams: teams.map(({ id }) => id), ...(model === undefined ? {} : { model }) }
  return digestToTry(about, { person: REMOVED_PERSON, zone, now: new Date() })
}

/** @throws UserError when it is no day, or lies ahead */
function beginOf(day: string, zone: string, now: Date): string {
  if (!isDay(day)) throw new UserError(`"${day}" is no day: write it as in 2026-12-24`)
  const begin = momentOf(day, '00:00', zone)
  if (begin >= now) throw new UserError(`${day} lies ahead: name a day that has begun`)
  return begin.toISOString()
}
