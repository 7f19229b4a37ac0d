/** A team's own model file, about things of which no built-in model speaks. */
export const TEAM_QUESTION = 'Who is on call for the zeppelin fleet?'

export function teamModel({ id = 'acme', secondLevel = '### Level 2: A rota' } = {}): string {
  return `---
id: ${id}
title: Zeppelin Playbook
author: Platform team
version: "1"
url: https://example.org/playbook
license: internal
levels: 2
---

# Zeppelin Playbook

## On call {#on-call}

### Level 1: Best effort

Nobody is formally on call for the zeppelin fleet, and alarms are seen when somebody happens to look. The team learns of most outages from its users, and nothing written tells who mends what or whom to phone at night.

${secondLevel}

A weekly rota names who is on call for the zeppelin fleet, with a deputy and a handover on Mondays. Whoever is on call carries a phone, acknowledges an alarm within a quarter of an hour and writes a short note about each incident.
`
}

/** The heading on this line names no level. */
export const BROKEN_LINE = 19

export function brokenTeamModel(id = 'broken'): string {
  return teamModel({ id, secondLevel: '### Rung seven' })
}
