/**
 * One message a second and channel, as Slack asks for, and several hundred a minute in a workspace: https://docs.slack.dev/apis/web-api/rate-limits
 * How many hundred nobody says, and other processes send too: as many as Slack takes, and fewer from when it does not.
 */

export interface Pace {
  /** Waits for the turn of the channel and of its workspace. @returns false, at once, where that would take longer than `mostMs` */
  turn(workspace: string, channel: string, mostMs?: number): Promise<boolean>
  /** Waits until one more conversation of the workspace may be looked through, which Slack allows less often. */
  look(workspace: string): Promise<void>
  /** Slack takes no more messages of the workspace for so long. */
  hold(workspace: string, ms: number): void
}

interface Workspace {
  heldUntil: number
  next: number
  /** Between two messages; none until Slack has had too many. */
  gapMs: number
  /** When as many have been looked through as may be by then. */
  looksUntil: number
}

const EVERY_MS = 1_000
const LOOK_EVERY_MS = 1_200
const LOOKS_AT_ONCE = 20
const MOST_CHANNELS = 10_000
const MOST_WORKSPACES = 1_000
const FIRST_GAP_MS = 50
const LONGEST_GAP_MS = 1_000
/** With each message; a gap that is shorter than the shortest is none. */
const GAP_SHRINKS = 0.98
const SHORTEST_GAP_MS = 20

export function createPace(now: () => number = () => performance.now(), wait = waitFor): Pace {
  const channels = new Map<string, number>()
  const workspaces = new Map<string, Workspace>()

  const ofWorkspace = (id: string): Workspace => {
    const workspace = workspaces.get(id) ?? { heldUntil: 0, next: 0, gapMs: 0, looksUntil: 0 }
    workspaces.delete(id)
    workspaces.set(id, workspace)
    const [oldest] = workspaces.keys()
    if (workspaces.size > MOST_WORKSPACES && oldest !== undefined) workspaces.delete(oldest)
    return workspace
  }
  const until = async (at: number): Promise<void> => {
    const delay = at - now()
    if (delay > 0) await wait(delay)
  }
  const turnOfChannel = async (channel: string, latest: number): Promise<boolean> => {
    const at = Math.max(now(), channels.get(channel) ?? 0)
    if (at > latest) return false
    channels.delete(channel)
    channels.set(channel, at + EVERY_MS)
    if (channels.size > MOST_CHANNELS) for (const [each, free] of channels) if (free < now()) channels.delete(each)
    await until(at)
    return true
  }
  const turnOfWorkspace = async (workspace: Workspace, latest: number): Promise<boolean> => {
    // It may be held while somebody waits.
    do {
      const at = Math.max(now(), workspace.next)
      if (at > latest) return false
      workspace.next = at + workspace.gapMs
      await until(at)
    } while (workspace.heldUntil > now())
    workspace.gapMs = workspace.gapMs < SHORTEST_GAP_MS ? 0 : workspace.gapMs * GAP_SHRINKS
    return true
  }

  return {
    async turn(workspace, channel, mostMs = Number.POSITIVE_INFINITY) {
      const latest = now() + mostMs
      return (await turnOfChannel(`${workspace} ${channel}`, latest)) && turnOfWorkspace(ofWorkspace(workspace), latest)
    },

    async look(id) {
      const workspace = ofWorkspace(id)
      workspace.looksUntil = Math.max(now(), workspace.looksUntil) + LOOK_EVERY_MS
      await until(workspace.looksUntil - LOOKS_AT_ONCE * LOOK_EVERY_MS)
    },

    hold(id, ms) {
      const workspace = ofWorkspace(id)
      // Those that were on their way together are told together.
      if (workspace.heldUntil <= now()) workspace.gapMs = Math.min(Math.max(workspace.gapMs * 2, FIRST_GAP_MS), LONGEST_GAP_MS)
      workspace.heldUntil = Math.max(workspace.heldUntil, now() + ms)
      workspace.next = workspace.heldUntil
    },
  }
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
