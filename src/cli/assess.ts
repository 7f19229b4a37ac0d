/** `cairn assess`: an assessment as a conversation, a line at a time, for people and for scripts. */
import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { catalogueOf, dimensionsOf } from '../assessments/catalogue.ts'
import type { Respondent } from '../assessments/conversation.ts'
import type { Run, Scope } from '../assessments/records.ts'
import type { Turn } from '../assessments/turn.ts'
import { sayScope } from '../assessments/wording.ts'
import type { Corpus } from '../corpus/passage.ts'
import type { Store } from '../store/open-store.ts'
import type { CommandIO } from './io.ts'
import { type Opened, TENANT, withAssessments } from './with-assessments.ts'

interface AssessOptions {
  scope: string
  team: string
  new?: boolean
  json?: boolean
}

/** "show 3" */
const SHOW = /^\s*show(?:\s+(?:the\s+)?passage)?\s+(\d{1,2})\s*$/i

export const DEFAULT_TEAM = 'My team'

export function assessCommand(io: CommandIO): Command {
  return new Command('assess')
    .description('find out where a team stands, one question after the other; goes on where it was paused')
    .argument('[model]', 'the model to assess by; without it the list of what there is')
    .option('--scope <scope>', 'quick, full, or a dimension such as People', 'quick')
    .option('--team <name>', 'the team that is assessed', DEFAULT_TEAM)
    .option('--new', 'begin anew although one is open')
    .option('--json', 'print each step as one line of JSON')
    .action(async (model: string | undefined, options: AssessOptions) => {
      await withAssessments(io, async (opened) => {
        if (model === undefined) io.out(offerings(opened.engine.corpus))
        else await converse(io, opened, { model, ...options })
      })
    })
}

async function converse(
  io: CommandIO,
  { engine, store, assessments: { conversation, results } }: Opened,
  { model, scope: typed, team, new: anew, json }: AssessOptions & { model: string },
): Promise<void> {
  const { turnText } = await import('./turn-text.ts')
  const who: Respondent = { tenant: TENANT, person: await enrol(io, store), surface: 'terminal' }
  const scope = readScope(model, typed)
  const catalogue = catalogueOf(scope, engine.corpus)
  const show = (turn: Turn) => io.out(json === true ? `${JSON.stringify(turn)}\n` : turnText(turn))

  const teamId = await findOrCreateTeam(store, team, who.person)
  const open = anew === true ? undefined : (await store.assessments.runsOf(TENANT, who.person, { open: true })).find((run) => isSame(run, teamId, scope))
  let turn = open === undefined ? await conversation.start(who, { team: teamId, scope }) : await conversation.take(who, open.id, { kind: 'resume' })
  io.err(open === undefined ? `${sayScope(catalogue)}\n` : `Going on with the one begun on ${open.startedAt.slice(0, 10)} (--new begins anew).\n`)
  show(turn)
  for await (const line of io.lines()) {
    if (line.trim() === '') continue
    const shown = SHOW.exec(line)?.[1]
    if (shown !== undefined) {
      io.out(passageBehind(Number(shown), turn, engine.corpus))
      continue
    }
    turn = await conversation.take(who, turn.run.id, { kind: 'text', text: line })
    show(turn)
    if (turn.view.kind === 'finished') {
      const { resultsText } = await import('./results-text.ts')
      const result = await results.results(TENANT, teamId, { model })
      io.out(json === true ? `${JSON.stringify(result)}\n` : resultsText(result, engine.corpus))
    }
    if (turn.run.state !== 'open') return
  }
  // The input ended in the middle: what was answered is kept, the rest can be answered later.
  show(await conversation.take(who, turn.run.id, { kind: 'pause' }))
}

/** The text behind an option, by the number that it is shown with. */
function passageBehind(number: number, { view }: Turn, corpus: Corpus): string {
  const question = 'question' in view ? view.question : undefined
  const option = question?.kind === 'levels' ? question.options.find(({ level }) => level === number) : question?.practices[number - 1]
  const passage = option === undefined ? undefined : corpus.passage(option.passage)
  return passage === undefined ? 'There is no such option here.\n' : `${passage.title}\n${passage.text}\n${passage.url}\n`
}

function isSame(run: Run, team: string, scope: Scope): boolean {
  return run.team === team && JSON.stringify(run.scope) === JSON.stringify(scope)
}

function readScope(model: string, typed: string): Scope {
  const word = typed.trim().toLowerCase()
  return word === 'quick' || word === 'full' ? { model, extent: word } : { model, extent: 'dimension', dimension: typed.trim() }
}

/** Who uses this terminal is one person, by the name of their account. */
async function enrol({ env }: CommandIO, store: Store): Promise<string> {
  const name = env.USER ?? env.USERNAME ?? 'me'
  const id = `terminal:${name}`
  await store.assessments.savePerson(TENANT, { id, name })
  return id
}

async function findOrCreateTeam({ assessments }: Store, name: string, person: string): Promise<string> {
  const known = await assessments.teamByName(TENANT, name)
  const id = known?.id ?? randomUUID()
  if (known === undefined) await assessments.saveTeam(TENANT, { id, name, createdAt: new Date().toISOString() })
  await assessments.addMember(TENANT, id, person)
  return id
}

function offerings(corpus: Corpus): string {
  const lines = corpus.models.flatMap((model) => {
    const scopes: Scope[] = [
      { model: model.id, extent: 'quick' },
      ...dimensionsOf(model).map((dimension): Scope => ({ model: model.id, extent: 'dimension', dimension })),
      { model: model.id, extent: 'full' },
    ]
    return scopes.map((scope) => {
      const word = scope.extent === 'dimension' ? scope.dimension : scope.extent
      return `cairn assess ${model.id}${word === 'quick' ? '' : ` --scope ${word}`}`.padEnd(44) + sayScope(catalogueOf(scope, corpus))
    })
  })
  return `${lines.join('\n')}\n`
}
