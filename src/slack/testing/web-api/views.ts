/** `views.*`: modals, which a trigger opens, and the Home tab. */
import { z } from 'zod'
import { changed, type SlackView, type Trigger, type Wire, type Workspace, type World } from '../world.ts'
import { checkView, withBlockIds } from './content.ts'
import { ApiError, type Call, json, type Method, method, wireObject, wrong } from './method.ts'

const MOST_MODALS = 3
const view = json(wireObject)
const hash = z.string().optional()

/** As it is sent to the app; with what stands in its fields. */
export function wireView(world: World, workspace: Workspace, { user: _user, ...shown }: SlackView, values: Wire = {}): Wire {
  return { ...shown, app_id: world.app.id, bot_id: workspace.bot.id, app_installed_team_id: workspace.id, state: { values } }
}

function newView(call: Pick<Call, 'world' | 'workspace'>, user: string, given: Wire): SlackView {
  const { world, workspace } = call
  const id = world.ids.next('V')
  const fresh = { id, user, team_id: workspace.id, root_view_id: id, previous_view_id: null, hash: `${world.ids.ts()}.h`, ...asShown(call, given) }
  const externalId = given.external_id
  if (typeof externalId === 'string' && allViews(workspace).some(({ external_id }) => external_id === externalId)) {
    throw wrong('duplicate_external_id', `external_id ${externalId} is in use`)
  }
  return fresh
}

function asShown(call: Pick<Call, 'world' | 'workspace'>, given: Wire) {
  const { blocks, type, title, submit, close, callback_id, private_metadata, external_id, clear_on_close, notify_on_close, submit_disabled } = given
  return {
    type: type as SlackView['type'],
    blocks: withBlockIds(call, blocks as Wire[]),
    callback_id: (callback_id ?? '') as string,
    private_metadata: (private_metadata ?? '') as string,
    external_id: (external_id ?? '') as string,
    clear_on_close: clear_on_close === true,
    notify_on_close: notify_on_close === true,
    ...(type === 'modal' ? { title: title as Wire, submit: (submit ?? null) as Wire | null, close: (close ?? null) as Wire | null } : {}),
    ...(submit_disabled === undefined ? {} : { submit_disabled: submit_disabled === true }),
  }
}

function allViews({ modals, homes }: Workspace): SlackView[] {
  return [...[...modals.values()].flat(), ...homes.values()]
}

function valid(call: Pick<Call, 'workspace'>, given: Wire, type: SlackView['type']): void {
  if (given.type !== type) throw wrong('invalid_arguments', `the view is of type ${String(given.type)}, not ${type}`)
  checkView(call, given)
}

/** @throws ApiError when it is too late, or was used before */
function exchange({ world, workspace }: Call, id: string): Trigger {
  const trigger = world.triggers.get(id)
  if (trigger === undefined || trigger.team !== workspace.id) throw wrong('invalid_trigger_id', `no trigger ${id}`)
  if (trigger.exchanged) throw wrong('exchanged_trigger_id', `trigger ${id} has opened a view before`)
  if (Date.now() > trigger.expiresAt) throw new ApiError('expired_trigger_id', { fault: 'the trigger had expired' })
  return trigger
}

/** On top of the person's modals, or as the only one. */
export function openView(call: Pick<Call, 'world' | 'workspace'>, user: string, given: Wire, onTop: boolean): SlackView {
  valid(call, given, 'modal')
  const { world, workspace } = call
  const below = onTop ? (workspace.modals.get(user) ?? []) : []
  if (below.length >= MOST_MODALS) throw wrong('push_limit_reached', `more than ${MOST_MODALS} modals above each other`)
  const opened = newView(call, user, given)
  const [root] = below
  if (root !== undefined) Object.assign(opened, { root_view_id: root.id, previous_view_id: below.at(-1)?.id })
  workspace.modals.set(user, [...below, opened])
  changed(world)
  return opened
}

export function changeView(call: Pick<Call, 'world' | 'workspace'>, shown: SlackView, given: Wire): SlackView {
  valid(call, given, shown.type)
  Object.assign(shown, asShown(call, given), { hash: `${call.world.ids.ts()}.h` })
  changed(call.world)
  return shown
}

const triggered = z.strictObject({ trigger_id: z.string(), view })

const open = method({
  tier: 4,
  args: triggered,
  run(call, { trigger_id: id, view: given }) {
    const trigger = exchange(call, id)
    const opened = openView(call, trigger.user, given, false)
    trigger.exchanged = true
    return { view: wireView(call.world, call.workspace, opened) }
  },
})

const push = method({
  tier: 4,
  args: triggered,
  run(call, { trigger_id: id, view: given }) {
    const trigger = exchange(call, id)
    const modals = call.workspace.modals.get(trigger.user) ?? []
    if (!modals.some((modal) => modal.id === trigger.view)) throw wrong('not_found', 'views.push without a modal in which something was pressed')
    const opened = openView(call, trigger.user, given, true)
    trigger.exchanged = true
    return { view: wireView(call.world, call.workspace, opened) }
  },
})

const update = method({
  tier: 4,
  args: z.strictObject({ view_id: z.string().optional(), external_id: z.string().optional(), hash, view }),
  run(call, { view_id: id, external_id: externalId, hash: before, view: given }) {
    if (id === undefined && externalId === undefined) throw wrong('invalid_arguments', 'neither view_id nor external_id')
    const shown = allViews(call.workspace).find((each) => (id === undefined ? each.external_id === externalId : each.id === id))
    if (shown === undefined) throw new ApiError('not_found')
    if (before !== undefined && before !== shown.hash) throw new ApiError('hash_conflict')
    return { view: wireView(call.world, call.workspace, changeView(call, shown, given)) }
  },
})

const publish = method({
  tier: 4,
  args: z.strictObject({ user_id: z.string(), hash, view }),
  run(call, { user_id: user, hash: before, view: given }) {
    const { world, workspace } = call
    if (!workspace.users.has(user)) throw new ApiError('user_not_found')
    valid(call, given, 'home')
    const shown = workspace.homes.get(user)
    if (before !== undefined && before !== shown?.hash) throw new ApiError('hash_conflict')
    const home = shown === undefined ? newView(call, user, given) : changeView(call, shown, given)
    workspace.homes.set(user, home)
    changed(world)
    return { view: wireView(world, workspace, home) }
  },
})

export const viewMethods: Record<string, Method> = { 'views.open': open, 'views.push': push, 'views.update': update, 'views.publish': publish }
