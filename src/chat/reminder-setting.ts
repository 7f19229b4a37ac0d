/** Whether somebody is reminded, of rounds that they have not answered and of their actions: everybody is who has not said otherwise. */
import type { Who } from './exchange.ts'
import type { ChatDeps } from './feature.ts'

const SETTING = 'reminders'
const MUTED = 'muted'
const REMINDED = 'on'

type Deps = Pick<ChatDeps, 'store'>

export async function remindersMuted({ tenant, person }: Who, { store }: Deps): Promise<boolean> {
  return (await store.setting(tenant, 'person', person, SETTING)) === MUTED
}

export async function muteReminders({ tenant, person }: Who, muted: boolean, { store }: Deps): Promise<void> {
  await store.saveSetting(tenant, 'person', person, SETTING, muted ? MUTED : REMINDED)
}
