/** The web page as oneself: a link that works once, for the person who asked for it alone. */
import { UserError } from '../../shared/errors.ts'
import type { Who } from '../exchange.ts'
import type { Command } from '../feature.ts'
import type { Reply } from '../reply.ts'
import { note, text } from '../simple-blocks.ts'
import { mayRead, type TeamDeps } from '../teams/access.ts'
import { knownPerson } from '../teams/known-person.ts'
import { teamOfPlace } from '../teams/team-of-place.ts'

export interface PageLink {
  url: string
  /** Only a browser on the machine that Cairn runs on reaches it. */
  isLocal: boolean
}

/** @returns undefined where the page has no address that people could open */
export type MakePageLink = (who: Who, team: string | undefined) => Promise<PageLink | undefined>

const NO_ADDRESS = 'The web page has no address that I could send you: whoever runs Cairn sets CAIRN_PUBLIC_URL.'

export function pageCommand(deps: TeamDeps, makeLink: MakePageLink): Command {
  return {
    name: 'page',
    usage: '',
    description: 'a link to the web page, with your teams from here',
    async run(exchange) {
      const { who, place } = exchange
      await knownPerson(who, deps)
      const here = await teamOfPlace(who.tenant, place, deps)
      const team = here !== undefined && (await mayRead(who, here, deps)) ? here.id : undefined
      const link = await makeLink(who, team)
      if (link === undefined) throw new UserError(NO_ADDRESS)
      await exchange.whisper(linkReply(link))
    },
  }
}

function linkReply({ url, isLocal }: PageLink): Reply {
  return {
    summary: 'Your link to the web page',
    blocks: [
      text({ kind: 'link', label: 'Open the web page as yourself', url }, ': your teams from here, their results and digests.'),
      ...(isLocal ? [text('It opens on the machine that I run on, and nowhere else.')] : []),
      note('The link works once, within ten minutes; the browser then knows you for twelve hours. Don’t pass it on: whoever opens it is you.'),
    ],
  }
}
