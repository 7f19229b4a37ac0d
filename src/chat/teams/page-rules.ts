/** What somebody who came from a chat may do on the web page: the same as in the chat. */
import type { Team, TenantId } from '../../assessments/records.ts'
import { DeliveryError, type Who } from '../exchange.ts'
import { isAdmin, mayRead, type TeamDeps } from './access.ts'

export function createPageRules(deps: TeamDeps) {
  const { directory } = deps
  return {
    /** A platform that can't be reached says nothing about anybody. */
    async isThere({ tenant, person }: Who): Promise<boolean> {
      try {
        const found = await directory(tenant).person(tenant, person)
        return found !== undefined && !found.isBot
      } catch (error) {
        if (error instanceof DeliveryError && error.kind === 'later') return true
        throw error
      }
    },
    mayJoin: (who: Who, team: Pick<Team, 'id'>): Promise<boolean> => mayRead(who, team, deps),
    async mayPost(who: Who, place: string): Promise<boolean> {
      return (await directory(who.tenant).members(who.tenant, place)).includes(who.person) || isAdmin(who, deps)
    },
    placeName: (tenant: TenantId, place: string): Promise<string | undefined> => directory(tenant).placeName(tenant, place),
  }
}
