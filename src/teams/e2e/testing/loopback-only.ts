/** Loaded before Microsoft's local client: it listens on every address of the machine and can't be told otherwise. */
import { Server } from 'node:net'

const LOOPBACK = '127.0.0.1'
const listen = Server.prototype.listen

Server.prototype.listen = function (this: Server, ...given: unknown[]) {
  const [port, host] = given
  const args = typeof port === 'number' ? [port, LOOPBACK, ...given.slice(typeof host === 'string' ? 2 : 1)] : given
  return Reflect.apply(listen, this, args)
} as typeof listen
