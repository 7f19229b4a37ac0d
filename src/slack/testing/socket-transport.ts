/** Socket Mode: envelopes over WebSockets, acknowledged by their id. Several connections at once are usual. */
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { type Ack, type Envelope, NotTaken, type Transport } from './deliveries.ts'
import { fault, type Wire, type World } from './world.ts'

export interface SocketTransport extends Transport {
  readonly connected: number
  /** How many there were in all. */
  readonly opened: number
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Connections end without a word. */
  drop(): void
  /** Slack asks the app to connect anew. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void
  /** A ticket for one connection. */
  ticket(): string
  close(): Promise<void>
}

/** What an app gets to say goodbye. */
const CLOSE_MS = 200

const ackSchema = z.strictObject({ envelope_id: z.string(), payload: z.record(z.string(), z.unknown()).optional() })

interface Waiting {
  id: string
  socket: WebSocket
  sentAt: number
  timer: NodeJS.Timeout
  taken(ack: Ack): void
  failed(reason: string): void
}

export function createSocketTransport(world: World): SocketTransport {
  const server = new WebSocketServer({ noServer: true })
  const sockets = new Set<WebSocket>()
  const tickets = new Set<string>()
  /** Sent again while nobody has acknowledged it, an envelope waits twice. */
  const waiting = new Set<Waiting>()
  const known = new Set<string>()
  const arrivals = new Set<() => void>()
  let opened = 0
  let turn = 0

  function settle(which: (each: Waiting) => boolean, how: (each: Waiting) => void): void {
    for (const each of [...waiting].filter(which)) {
      clearTimeout(each.timer)
      waiting.delete(each)
      how(each)
    }
  }

  function receive(data: string): void {
    let read: z.infer<typeof ackSchema>
    try {
      read = ackSchema.parse(JSON.parse(data))
    } catch {
      return void fault(world, 'socket', `not an acknowledgement: ${data.slice(0, 200)}`)
    }
    if (!known.has(read.envelope_id)) return void fault(world, 'socket', `acknowledges ${read.envelope_id}, which was never sent`)
    const response: Wire = read.payload ?? {}
    settle(
      ({ id }) => id === read.envelope_id,
      ({ taken, sentAt }) => taken({ ms: performance.now() - sentAt, response }),
    )
  }

  function accept(socket: WebSocket): void {
    sockets.add(socket)
    opened++
    socket.on('message', (data) => receive(String(data)))
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      settle(
        (each) => each.socket === socket,
        ({ failed }) => failed('connection_closed'),
      )
    })
    const connection = { num_connections: sockets.size, debug_info: { host: 'applink-test', build_number: 1, approximate_connection_time: 18_060 } }
    socket.send(JSON.stringify({ type: 'hello', connection_info: { app_id: world.app.id }, ...connection }))
    for (const arrived of arrivals) arrived()
  }

  function terminateAll(): void {
    for (const socket of sockets) socket.terminate()
  }

  async function openSocket(): Promise<WebSocket | undefined> {
    const open = [...sockets].filter(({ readyState }) => readyState === 1)
    if (open.length > 0) return open[turn++ % open.length]
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const arrived = () => resolve(true)
    arrivals.add(arrived)
    const timer = setTimeout(() => resolve(false), world.times.ackMs)
    const came = await promise
    clearTimeout(timer)
    arrivals.delete(arrived)
    return came ? openSocket() : undefined
  }

  async function send({ id, kind, payload, retry }: Envelope): Promise<Ack> {
    const socket = await openSocket()
    if (socket === undefined) throw new NotTaken('no_connection')
    known.add(id)
    const { promise, resolve, reject } = Promise.withResolvers<Ack>()
    const failed = (reason: string) => reject(new NotTaken(reason))
    const timer = setTimeout(
      () =>
        settle(
          (each) => each === mine,
          () => failed('timeout'),
        ),
      world.times.ackMs,
    )
    const mine: Waiting = { id, socket, sentAt: performance.now(), timer, taken: resolve, failed }
    waiting.add(mine)
    const again = kind === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}
    socket.send(JSON.stringify({ envelope_id: id, payload, type: kind, accepts_response_payload: kind !== 'events_api', ...again }))
    return promise
  }

  return {
    send,
    get connected() {
      return sockets.size
    },
    get opened() {
      return opened
    },
    ticket() {
      const ticket = world.ids.next('ticket-').toLowerCase()
      tickets.add(ticket)
      return ticket
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? ''
      if (!tickets.delete(ticket)) {
        fault(world, 'socket', 'a connection without a fresh address from apps.connections.open')
        socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, accept)
    },
    drop: terminateAll,
    disconnect(reason) {
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-test' } }))
    },
    async close() {
      settle(
        () => true,
        ({ failed }) => failed('connection_closed'),
      )
      for (const socket of sockets) socket.close(1001)
      const gone = setTimeout(terminateAll, CLOSE_MS)
      while (sockets.size > 0) await once([...sockets][0] as WebSocket, 'close')
      clearTimeout(gone)
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
