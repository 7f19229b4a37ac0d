/** A chat platform that keeps what the bot says: the ports of a platform, and nothing of any real one. */
import {
  DeliveryError,
  type Directory,
  type Exchange,
  type KnownPerson,
  type MessageRef,
  type Messenger,
  type Place,
  type PlatformWays,
  type SentFile,
  type Stream,
} from '../exchange.ts'
import type { Block, Button, Form, Press, Reply } from '../reply.ts'

export const TENANT = 'slack:T1'

/** Of a platform with dialogs and slash commands, and of one without. */
export const DIALOGS: PlatformWays = {
  command: '/maturity ',
  alone: 'your direct messages',
  toBeWrittenTo: 'Allow direct messages from this app',
  everybody: 'this workspace',
  hasDialogs: true,
}
export const CARDS: PlatformWays = {
  command: '',
  alone: 'our chat',
  toBeWrittenTo: 'Add this app for yourself',
  everybody: 'your organisation',
  hasDialogs: false,
}

export interface Shown {
  how: 'whisper' | 'say' | 'replace' | 'post' | 'update' | 'stream'
  to: string
  reply: Reply
  message?: MessageRef
  key?: string
}

export interface TestPlatform {
  /** Everything shown, in order. */
  shown: Shown[]
  forms: Form[]
  statuses: string[]
  /** With who got them. */
  files: (SentFile & { person: string })[]
  /** What stands now, by message id; a removed one is gone. */
  messages: Map<string, Reply>
  people: Map<string, KnownPerson>
  /** Channel id → name and members. */
  places: Map<string, { name: string; members: string[] }>
  messenger: Messenger
  directory: Directory
  /** What the next calls throw, in order. */
  failures: DeliveryError[]
  exchange(options?: {
    person?: string
    place?: Partial<Place>
    key?: string
    pressed?: MessageRef
    ways?: PlatformWays
  }): Exchange & { abort(): void; written: string[] }
  last(): Reply
}

let counter = 0

export function createTestPlatform(): TestPlatform {
  const shown: Shown[] = []
  const forms: Form[] = []
  const statuses: string[] = []
  const files: TestPlatform['files'] = []
  const failures: DeliveryError[] = []
  const messages = new Map<string, Reply>()
  const posted: { tenant: string; place: string; key: string; message: MessageRef }[] = []
  const people = new Map<string, KnownPerson>(
    [
      ['U1', 'Ada', 'Europe/Berlin', false],
      ['U2', 'Bob', 'America/New_York', false],
      ['U3', 'Cleo', 'Asia/Kolkata', false],
      ['U9', 'Root', 'UTC', true],
    ].map(([id, name, timezone, isAdmin]) => [id as string, { id, name, timezone, isAdmin, isBot: false } as KnownPerson]),
  )
  const places = new Map([['C1', { name: '#payments', members: ['U1', 'U2'] }]])
  const fail = () => {
    const failure = failures.shift()
    if (failure !== undefined) throw failure
  }
  const keep = (place: string, reply: Reply, thread?: string): MessageRef => {
    const message: MessageRef = { place, id: `m${++counter}`, ...(thread === undefined ? {} : { thread }) }
    messages.set(message.id, reply)
    return message
  }
  const messenger: Messenger = {
    async post(tenant, to, reply, key) {
      fail()
      const place = to.kind === 'person' ? `D-${to.person}` : to.place
      const message = keep(place, reply, to.kind === 'place' ? to.thread : undefined)
      posted.push({ tenant, place, key, message })
      shown.push({ how: 'post', to: place, reply, message, key })
      return message
    },
    async update(_tenant, message, reply) {
      fail()
      if (!messages.has(message.id)) throw new DeliveryError('gone', 'there is no such message')
      messages.set(message.id, reply)
      shown.push({ how: 'update', to: message.place, reply, message })
    },
    async remove(_tenant, message) {
      fail()
      messages.delete(message.id)
    },
    async find(tenant, to, key) {
      const place = to.kind === 'person' ? `D-${to.person}` : to.place
      return posted.find((each) => each.tenant === tenant && each.place === place && each.key === key)?.message
    },
    linkTo: async (_tenant, message) => `https://chat.example/${message.place}/${message.id}`,
  }
  const directory: Directory = {
    person: async (_tenant, id) => people.get(id),
    placeName: async (_tenant, id) => places.get(id)?.name,
    members: async (_tenant, id) => places.get(id)?.members ?? [],
  }
  return {
    shown,
    forms,
    statuses,
    files,
    messages,
    people,
    places,
    messenger,
    directory,
    failures,
    last: () => (shown.at(-1) as Shown).reply,
    exchange({ person = 'U1', place = {}, key = `k${++counter}`, pressed, ways = DIALOGS } = {}) {
      const controller = new AbortController()
      const written: string[] = []
      const where: Place = { id: 'C1', kind: 'channel', ...place }
      const show = (how: Shown['how'], reply: Reply, message?: MessageRef) =>
        shown.push({ how, to: where.id, reply, ...(message === undefined ? {} : { message }) })
      const stream: Stream = {
        stopped: controller.signal,
        write: (text) => void written.push(text),
        withdraw: () => void written.splice(0),
        async finish(reply) {
          const message = keep(where.id, reply, where.thread)
          show('stream', reply, message)
          return message
        },
      }
      return {
        platform: 'slack',
        ways,
        who: { tenant: TENANT, person },
        place: where,
        key,
        ...(pressed === undefined ? {} : { pressed }),
        written,
        abort: () => controller.abort(),
        async whisper(reply) {
          show('whisper', reply, where.kind === 'personal' ? keep(where.id, reply, where.thread) : undefined)
        },
        async say(reply) {
          const message = keep(where.id, reply, where.thread)
          show('say', reply, message)
          return message
        },
        async replace(reply) {
          if (pressed !== undefined) messages.set(pressed.id, reply)
          show('replace', reply, pressed)
        },
        open: async (form) => void forms.push(form),
        working: async (status) => void statuses.push(status),
        stream: () => stream,
        sendFile: async (file) => void files.push({ ...file, person }),
      }
    },
  }
}

/** All words of a reply, as somebody reads them. */
export function textOf(reply: Reply | Form): string {
  return (reply.blocks ?? []).map(textOfBlock).join('\n')
}

function textOfBlock(block: Block): string {
  const read = (parts: Extract<Block, { kind: 'text' }>['parts']) =>
    parts
      .map((part) => ('text' in part ? part.text : 'label' in part ? part.label : 'name' in part ? part.name : 'at' in part ? part.at : `@${part.id}`))
      .join('')
  switch (block.kind) {
    case 'heading':
      return block.text
    case 'text':
    case 'quote':
    case 'note':
      return read(block.parts)
    case 'option':
      return `${read(block.parts)} [${block.button.label}]`
    case 'list':
      return block.items.map((item) => `- ${read(item)}`).join('\n')
    case 'table':
      return [block.caption, block.head.join(' | '), ...block.rows.map((row) => row.join(' | '))].join('\n')
    case 'sources':
      return block.items.map(({ n, title, quote, url }) => `[${n}] ${title}: “${quote}” ${url}`).join('\n')
    case 'picture':
      return block.picture.alt
    case 'buttons':
      return block.items.map(({ label }) => `[${label}]`).join(' ')
    case 'feedback':
      return '[Helpful] [Not helpful]'
    case 'divider':
      return '---'
  }
}

/** What the button or menu option of this label does. */
export function pressOf(reply: Reply, label: string | RegExp): Press {
  const fits = (text: string) => (typeof label === 'string' ? text === label : label.test(text))
  const controls = reply.blocks.flatMap((block) => (block.kind === 'buttons' ? block.items : block.kind === 'option' ? [block.button] : []))
  const buttons = controls.flatMap((item): { label: string; press: Press }[] => (item.kind === 'menu' ? [...item.options] : [item satisfies Button]))
  const found = buttons.find((button) => fits(button.label))
  if (found === undefined) throw new Error(`there is no button ${label} among ${buttons.map((button) => button.label).join(', ')}`)
  return found.press
}
