/**
 * One message a second and channel, as Slack asks for, and several hundred a minute in a workspace: https://docs.slack.dev/apis/web-api/rate-limits
 * How many hundred nobody says, and other processes send too: as many as Slack takes, and fewer from when it does not. Of files it says how
 * many: they have a line of their own, in which nobody waits who asked for one.
 */

export interface Pace {
  /** Waits for the turn of the channel and of its workspace. @returns false, at once, where that would take longer than `mostMs` */
  turn(workspace: string, channel: string, mostMs?: number): Promise<boolean>
  /** Waits until one more conversation of the workspace may be looked through, which Slack allows less often. */
  look(workspace: string): Promise<void>
  /** Waits until one more file may be sent. @param isWaitedFor somebody has just asked for it: it goes before all others */
  upload(workspace: string, isWaitedFor: boolean): Promise<void>
  /** Slack takes no more messages of the workspace for so long. */
  hold(workspace: string, ms: number): void
  /** And no more files. */
  holdUploads(workspace: string, ms: number): void
}

/** What is sent one after the other, and is told at times to slow down. */
interface Line {
  heldUntil: number
  next: number
  /** Between two. */
  gapMs: number
}

interface Workspace {
  messages: Line
  uploads: Line
  /** The last file in line. */
  lastUpload: Promise<void>
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
/** With each that is sent; a gap that is shorter than the shortest is none. */
const GAP_SHRINKS = 0.98
const SHORTEST_GAP_MS = 20
/** A hundred a minute are allowed: https://docs.slack.dev/reference/methods/files.completeUploadExternal. Some of them are for those that are waited for. */
const UPLOAD_GAP_MS = 700
const LONGEST_UPLOAD_GAP_MS = 5_000

export function createPace(now: () => number = () => performance.now(), wait = waitFor): Pace {
  const channels = new Map<string, number>()
  const workspaces = new Map<string, Workspace>()

  const ofWorkspace = (id: string): Workspace => {
    const workspace = workspaces.get(id) ?? { messages: lineOf(0), uploads: lineOf(UPLOAD_GAP_MS), lastUpload: Promise.resolve(), looksUntil: 0 }
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
  const turnOfWorkspace = async ({ messages }: Workspace, latest: number): Promise<boolean> => {
    // It may be held while somebody waits.
    do {
      const at = Math.max(now(), messages.next)
      if (at > latest) return false
      messages.next = at + messages.gapMs
      await until(at)
    } while (messages.heldUntil > now())
    messages.gapMs = messages.gapMs < SHORTEST_GAP_MS ? 0 : messages.gapMs * GAP_SHRINKS
    return true
  }
  const slowDown = (line: Line, ms: number, slower: number) => {
    // Those that were on their way together are told together.
    if (line.heldUntil <= now()) line.gapMs = slower
    line.heldUntil = Math.max(line.heldUntil, now() + ms)
    line.next = line.heldUntil
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

    async upload(id, isWaitedFor) {
      const workspace = ofWorkspace(id)
      const { uploads } = workspace
      const free = () => (isWaitedFor ? uploads.heldUntil : uploads.next)
      const goes = async () => {
        // It may be held, or somebody who waits may go first, in the meantime.
        for (let at = free(); at > now(); at = free()) await until(at)
        uploads.next = Math.max(now(), uploads.next) + uploads.gapMs
        uploads.gapMs = Math.max(uploads.gapMs * GAP_SHRINKS, UPLOAD_GAP_MS)
      }
      if (isWaitedFor) return goes()
      workspace.lastUpload = workspace.lastUpload.then(goes)
      return workspace.lastUpload
    },

    hold(id, ms) {
      const { messages } = ofWorkspace(id)
      slowDown(messages, ms, Math.min(Math.max(messages.gapMs * 2, FIRST_GAP_MS), LONGEST_GAP_MS))
    },

    holdUploads(id, ms) {
      const { uploads } = ofWorkspace(id)
      slowDown(uploads, ms, Math.min(uploads.gapMs * 2, LONGEST_UPLOAD_GAP_MS))
    },
  }
}

function lineOf(gapMs: number): Line {
  return { heldUntil: 0, next: 0, gapMs }
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
