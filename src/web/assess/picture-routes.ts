/** Results as pictures, drawn when they are asked for. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Comparison } from '../../assessments/comparison.ts'
import { drawHeatmap, drawPicture, KINDS } from '../../assessments/result-pictures.ts'
import type { Picture } from '../../pictures/picture.ts'
import { type AssessRouteDeps, known, ownTeam, Refusal } from './access.ts'
import { id, read } from './bodies.ts'
import type { Visitor } from './identity.ts'

/** Beside a picture the same in words and as a table. */
export interface ComparisonView {
  alt: string
  width: number
  height: number
  comparison: Comparison
}

interface PictureQuery {
  model?: unknown
  theme?: unknown
  teams?: unknown
}

const FILE = /^(?<kind>[a-z]+)\.(?<format>svg|png)$/
const MOST_TEAMS = 10

export function registerPictureRoutes(api: FastifyInstance, deps: AssessRouteDeps): void {
  api.get<{ Params: { file: string }; Querystring: PictureQuery }>('/api/teams/:team/pictures/:file', async (request, reply) => {
    const { visitor, team } = await ownTeam(request, deps)
    const { kind: wanted, format } = FILE.exec(request.params.file)?.groups ?? {}
    const kind = KINDS.find((each) => each === wanted)
    const model = read(id, request.query.model)
    const [results] = (await deps.assessments().results.results(visitor.tenant, team.id, { model })).models
    const picture = kind === undefined || results === undefined ? undefined : drawPicture(kind, team.name, results)
    if (picture === undefined) throw new Refusal(404, `There is no such picture of this team: ask for ${KINDS.join(', ')} as svg or png, after an assessment.`)
    return send(reply, picture, format === 'png' ? 'png' : 'svg', request.query.theme)
  })

  /** Only when somebody asks, and only teams that they are in. */
  api.get<{ Querystring: PictureQuery }>('/api/comparison', async (request): Promise<ComparisonView> => {
    const comparison = await compare(request.query, await known(request, deps), deps)
    const { alt, width, height } = drawHeatmap(comparison)
    return { alt, width, height, comparison }
  })

  api.get<{ Params: { format: string }; Querystring: PictureQuery }>('/api/comparison/heatmap.:format', async (request, reply) => {
    const comparison = await compare(request.query, await known(request, deps), deps)
    return send(reply, drawHeatmap(comparison), request.params.format === 'png' ? 'png' : 'svg', request.query.theme)
  })
}

async function compare({ model, teams }: PictureQuery, { tenant, person }: Visitor, { assessments }: AssessRouteDeps): Promise<Comparison> {
  const { results, store } = assessments()
  const own = (await store.assessments.teamsOf(tenant, person)).map((team) => team.id)
  const wanted = String(teams ?? '')
    .split(',')
    .slice(0, MOST_TEAMS)
  if (!wanted.every((team) => own.includes(team))) throw new Refusal(403, 'Only teams that you are in can be compared.')
  return results.compare(tenant, wanted, read(id, model))
}

function send(reply: FastifyReply, picture: Picture, format: 'svg' | 'png', theme: unknown): FastifyReply {
  const look = theme === 'dark' ? 'dark' : 'light'
  return format === 'png' ? reply.type('image/png').send(picture.png(look)) : reply.type('image/svg+xml; charset=utf-8').send(picture.svg(look))
}
