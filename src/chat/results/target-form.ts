/** The level that a team wants to reach in a section: chosen, never assumed. */
import { catalogueOf } from '../../assessments/catalogue.ts'
import { sectionsOf } from '../../assessments/profile.ts'
import { labelsOf } from '../../assessments/results-wording.ts'
import { levelHeading } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'
import type { Who } from '../exchange.ts'
import type { ChatDeps, Feature } from '../feature.ts'
import { filledIn, readArgs } from '../press-args.ts'
import { showResults } from '../presses.ts'
import type { FormValues } from '../reply.ts'
import { button, text } from '../simple-blocks.ts'
import { teamToChange } from '../teams/find-team.ts'
import { knownPerson } from '../teams/known-person.ts'
import { ASK_AGAIN, ofModel } from './args.ts'

type Deps = Pick<ChatDeps, 'assessments' | 'corpus' | 'directory' | 'store'>

const NONE = 'none'

export function targetForm(deps: Deps): Pick<Feature, 'presses' | 'forms'> {
  const read = async (who: Who, args: unknown) => {
    const { team: id, model: wanted } = readArgs(ofModel, args, ASK_AGAIN)
    const team = await teamToChange(who, id, deps)
    const model = deps.corpus().models.find((each) => each.id === wanted)
    if (model === undefined) throw new UserError('The model is no longer here, so there is nothing to aim at: ask for the results again.')
    return { team, model, sections: sectionsOf(catalogueOf({ model: model.id, extent: 'full' }, deps.corpus())) }
  }

  return {
    presses: {
      'target.set': async (exchange, args) => {
        const { team, model, sections } = await read(exchange.who, args)
        const labels = labelsOf(sections)
        const levels = [...new Set(sections.flatMap((section) => section.levels))].toSorted((a, b) => a - b)
        const [only] = sections.length === 1 ? sections : []
        await exchange.open({
          title: 'Set a target',
          blocks: [text(`What does ${team.name} want to reach by the ${model.title}? Next steps go to the largest gap first.`)],
          fields: [
            {
              kind: 'choice',
              id: 'section',
              label: 'Section',
              options: sections.map(({ section }, i) => ({ value: section, label: labels[i] as string })),
              ...(only === undefined ? {} : { initial: only.section }),
            },
            {
              kind: 'choice',
              id: 'level',
              label: model.levelWord,
              options: [...levels.map((level) => ({ value: String(level), label: levelHeading(model, level) })), { value: NONE, label: 'No target' }],
            },
          ],
          submit: { on: 'target.set', label: 'Set the target', with: { team: team.id, model: model.id } },
        })
      },
    },
    forms: {
      'target.set': {
        check: async (who, { with: args, values }) => {
          const { sections } = await read(who, args)
          const aim = aimIn(values)
          const section = sections.find((each) => each.section === aim.section)
          if (section === undefined) return { section: 'Choose a section.' }
          if (aim.level === undefined) return { level: 'Choose a level, or “No target”.' }
          const fits = aim.level === NONE || section.levels.includes(Number(aim.level))
          return fits ? undefined : { level: 'This section has no such level: choose another one.' }
        },
        async submit(exchange, { with: args, values }) {
          const { who } = exchange
          const { team, model, sections } = await read(who, args)
          const { section, level } = aimIn(values)
          const label = labelsOf(sections)[sections.findIndex((each) => each.section === section)]
          if (section === undefined || label === undefined) throw new UserError('There is no such section: ask for the results again.')
          await knownPerson(who, deps)
          const { results } = deps.assessments
          if (level === NONE) await results.removeTarget(who.tenant, team.id, model.id, section)
          else await results.setTarget(who.tenant, { team: team.id, model: model.id, section, level: Number(level), setBy: who.person })
          const said = level === NONE ? `No target for ${label}.` : `Target for ${label}: ${model.levelWord.toLowerCase()} ${level}.`
          await exchange.whisper({
            summary: said,
            blocks: [text(said), { kind: 'buttons', items: [button('Results', showResults(team.id, model.id))] }],
          })
        },
      },
    },
  }
}

interface Aim {
  section: string | undefined
  level: string | undefined
}

function aimIn(values: FormValues): Aim {
  return { section: filledIn(values.section), level: filledIn(values.level) }
}
