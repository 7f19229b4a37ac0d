/** One old answer, given anew by a press in a digest. */
import { figureText, type LevelFigure } from '../../assessments/level-figure.ts'
import type { Team } from '../../assessments/records.ts'
import { levelChoices, type Reassessed, reassess } from '../../digests/content/reassess.ts'
import { UserError } from '../../shared/errors.ts'
import type { Feature } from '../feature.ts'
import { readArgs } from '../press-args.ts'
import { chooseAssessment, showResults } from '../presses.ts'
import { type Block, strong } from '../reply.ts'
import { button, note, text } from '../simple-blocks.ts'
import { belongsTo } from '../teams/access.ts'
import { joinTeam } from '../teams/team-of-place.ts'
import { ASK_AGAIN, ofLevel, ofSection } from './args.ts'
import type { DigestsDeps } from './deps.ts'

export function reassessing(deps: DigestsDeps): Pick<Feature, 'presses'> {
  const { assessments, corpus, now } = deps
  const records = assessments.store.assessments

  return {
    presses: {
      'digest.reassess': async (exchange, args) => {
        const { asked, team: id, ...pressed } = readArgs(ofLevel, args, ASK_AGAIN)
        const { who } = exchange
        const team = await records.team(who.tenant, id)
        if (team === undefined) throw new UserError('This team is no longer there, so nothing was recorded.')
        if (!(await belongsTo(who, team, deps))) throw new UserError(`Only the people of ${team.name} answer for it. Nothing was recorded.`)
        await joinTeam(who, team, deps)
        const request = { tenant: who.tenant, person: who.person, team: id, ...pressed, askedIn: asked, key: exchange.key, surface: exchange.platform }
        const recorded = await reassess(request, { store: records, corpus, now })
        await exchange.whisper({
          summary: said(recorded, pressed.level, team),
          blocks: [
            text(said(recorded, pressed.level, team)),
            note('The wrong one? Press another in the digest: of a day the last one counts.'),
            { kind: 'buttons', items: [button('Results', showResults(id, pressed.model)), button('Assess again', chooseAssessment(id))] },
          ],
        })
      },

      'digest.levels': async (exchange, args) => {
        const { model: id, section } = readArgs(ofSection, args, ASK_AGAIN)
        const model = corpus().model(id)
        const choices = model === undefined ? [] : levelChoices(model, section, corpus())
        if (choices.length === 0) throw new UserError('The model has changed since this was sent: start an assessment instead.')
        await exchange.open({
          title: 'What the levels say',
          blocks: choices.map(({ label, indicator }): Block => text(strong(label), indicator === '' ? '' : `: ${indicator}`)),
          fields: [],
        })
      },
    },
  }
}

/** "Recorded: level 3. Culture of Payments stands at level 3 now, level 2 before." */
function said({ label, levelWord, before, now, repeated }: Reassessed, level: number, { name }: Team): string {
  const word = levelWord.toLowerCase()
  const say = (figure: LevelFigure) => (figure === 0 ? `no ${word} yet` : `${word} ${figureText(figure)}`)
  const recorded = `${repeated ? 'Recorded already' : 'Recorded'}: ${say(level)}.`
  if (now === undefined) return `${recorded} Where ${name} stands in ${label} is not known yet.`
  const was = before === undefined ? '' : figureText(before) === figureText(now) ? ', as before' : ` now, ${say(before)} before`
  return `${recorded} ${label} of ${name} stands at ${say(now)}${was}.`
}
