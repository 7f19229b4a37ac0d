/** Somebody at a chat client: sees one card, presses what is on it, fills in forms, types. */
import type { Run } from '../../../assessments/records.ts'
import type { MessageRef, Place } from '../../exchange.ts'
import type { Block, Form, FormErrors, FormValues, Press, Reply } from '../../reply.ts'
import type { TestDeps } from '../../testing/test-deps.ts'
import { pressOf, TENANT } from '../../testing/test-platform.ts'
import type { Assessing } from '../create-assessing.ts'

export interface Respondent {
  person: string
  /** Their direct messages. */
  direct: Place
  /** After `/maturity assess`. */
  assess(words: string, place?: Partial<Place>): Promise<void>
  type(text: string, options?: { place?: Partial<Place>; key?: string }): Promise<boolean>
  /** What is on the card; `on` another message than the card. */
  press(label: string | RegExp, options?: { key?: string; on?: MessageRef; reply?: Reply }): Promise<void>
  send(press: Press, options?: { key?: string; on?: MessageRef }): Promise<void>
  /** The form that is open. */
  form(): Form
  /** Checks it first, as a client does. @returns what is wrong with it */
  submit(values: FormValues, options?: { key?: string; place?: Partial<Place>; form?: Form }): Promise<FormErrors | undefined>
  /** The one that was shown last. */
  run(): Promise<Run>
  cardRef(): Promise<MessageRef>
  card(): Promise<Reply>
  /** Every message that stands and shows the run. */
  cards(): Promise<Reply[]>
}

export function createRespondent(deps: TestDeps, assessing: () => Assessing, person = 'U1'): Respondent {
  const { platform, database } = deps
  const direct: Place = { id: `D-${person}`, kind: 'personal' }
  const self: Respondent = {
    person,
    direct,
    assess: async (typed, place = direct) => assessing().commands[0]?.run(platform.exchange({ person, place }), typed),
    type: async (text, { place = direct, key } = {}) =>
      assessing().takeTyped(platform.exchange({ person, place, ...(key === undefined ? {} : { key }) }), text),
    async press(label, { reply, ...options } = {}) {
      await self.send(pressOf(reply ?? (await self.card()), label), options)
    },
    async send(press, { key, on } = {}) {
      const pressed = on ?? (await self.cardRef())
      await assessing().presses[press.on]?.(platform.exchange({ person, place: direct, pressed, ...(key === undefined ? {} : { key }) }), press.with ?? {})
    },
    form: () => platform.forms.at(-1) as Form,
    async submit(values, { key, place = direct, form = self.form() } = {}) {
      const submission = { on: form.submit?.on ?? '', with: form.submit?.with ?? {}, values }
      const handler = assessing().forms[submission.on]
      const errors = await handler?.check?.({ tenant: TENANT, person }, submission)
      if (errors === undefined) await handler?.submit(platform.exchange({ person, place, ...(key === undefined ? {} : { key }) }), submission)
      return errors
    },
    async run() {
      const card = await deps.store.lastCard(TENANT, direct.id, 'run')
      return (await database.assessments.run(TENANT, card?.id ?? '')) as Run
    },
    async cardRef() {
      const { id } = await self.run()
      return (await deps.store.card(TENANT, 'run', id))?.message as MessageRef
    },
    card: async () => platform.messages.get((await self.cardRef()).id) as Reply,
    async cards() {
      const { id } = await self.run()
      return [...platform.messages.values()].filter((reply) => JSON.stringify(reply).includes(id))
    },
  }
  return self
}

/** All that can be pressed, and whether it stands in a menu. */
export function pressesIn({ blocks }: Reply): { press: Press; inMenu: boolean }[] {
  const of = (block: Block) => (block.kind === 'buttons' ? block.items : block.kind === 'option' ? [block.button] : [])
  const all: { press: Press; inMenu: boolean }[] = []
  for (const item of blocks.flatMap(of)) {
    if (item.kind === 'button') all.push({ press: item.press, inMenu: false })
    else all.push(...item.options.map(({ press }) => ({ press, inMenu: true })))
  }
  return all
}
