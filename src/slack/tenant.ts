/** A workspace, or a whole organisation where the app is installed for it, as the owner of everything that is stored. */

export function tenantOf(id: string): string {
  return `slack:${id}`
}

export function idOfTenant(tenant: string): string {
  return tenant.replace(/^slack:/, '')
}

/** Whose installation an event belongs to, from what Bolt found out about it. */
export interface InstalledFor {
  teamId?: string | undefined
  enterpriseId?: string | undefined
  isEnterpriseInstall?: boolean
}

export function installationIdOf({ teamId, enterpriseId, isEnterpriseInstall }: InstalledFor): string | undefined {
  return isEnterpriseInstall === true ? enterpriseId : (teamId ?? enterpriseId)
}
