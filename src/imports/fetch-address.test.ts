import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchAddress } from './fetch-address.ts'
import { refusesPrivate } from './private-addresses.ts'

/** What the test's own server needs, and nothing else. */
const refuses = (ip: string) => ip !== '127.0.0.1' && refusesPrivate(ip)

let seen: { path: string; cookie: string | undefined }[] = []
const routes: Record<string, RequestListener> = {
  '/page': (_, response) => response.setHeader('content-type', 'Text/HTML; Charset="ISO-8859-1"').setHeader('set-cookie', 'a=b').end('<p>Hello'),
  '/packed': (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('packed text')),
  '/bomb': (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(3_000_000))),
  '/to-page': (_, response) => response.writeHead(302, { location: '/page' }).end(),
  '/to-metadata': (_, response) => response.writeHead(301, { location: 'http://169.254.169.254/latest/' }).end(),
  '/to-number': (_, response) => response.writeHead(307, { location: 'http://0x0a000001/' }).end(),
  '/to-mapped': (_, response) => response.writeHead(302, { location: 'http://[::ffff:10.0.0.1]/' }).end(),
  '/to-file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/to-script': (_, response) => response.writeHead(302, { location: 'javascript:alert(1)' }).end(),
  '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/gone': (_, response) => response.writeHead(404).end('<p>not here'),
  '/secret': (_, response) => response.writeHead(403).end(),
  '/broken': (_, response) => response.writeHead(500).end(),
  '/stall': () => {},
  '/slow-body': (_, response) => response.write('x'),
  '/half': (_, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('half of it')
    setTimeout(() => response.destroy(), 50)
  },
  '/big-and-says-so': (_, response) => response.writeHead(200, { 'content-length': '200000000' }).write('x'),
  '/endless': (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    }
    response.on('drain', more)
    more()
  },
}

let server: Server
let base: string
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ path: request.url as string, cookie: request.headers.cookie })
    routes[request.url as string]?.(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const get = (path: string) => fetchAddress(base + path, { refuses, limitMs: 1000, maxBytes: 1_000_000 })

describe('fetching', () => {
  it('tells the body, its type and its character set', async () => {
    expect(await get('/page')).toEqual({ bytes: Buffer.from('<p>Hello'), contentType: 'text/html', charset: 'ISO-8859-1' })
  })

  it('follows redirects, without carrying cookies along', async () => {
    seen = []
    expect(Buffer.from((await get('/to-page')).bytes).toString()).toBe('<p>Hello')
    expect(seen).toEqual([
      { path: '/to-page', cookie: undefined },
      { path: '/page', cookie: undefined },
    ])
  })

  it('unpacks what comes packed', async () => {
    expect(Buffer.from((await get('/packed')).bytes).toString()).toBe('packed text')
  })

  it.each([
    ['/to-metadata', 'leads to 169.254.169.254, an address that is not public'],
    ['/to-number', 'leads to 10.0.0.1, an address that is not public'],
    ['/to-mapped', 'an address that is not public'],
    ['/to-file', 'leads to a file: address'],
    ['/to-script', 'leads to a javascript: address'],
    ['/loop', 'redirects more than 5 times'],
    ['/gone', 'is not there (404): check the address'],
    ['/secret', 'is only for those who log in (403)'],
    ['/broken', 'the server answered with 500: try again later'],
    ['/stall', 'did not arrive within 1 s'],
    ['/slow-body', 'did not arrive within 1 s'],
    ['/half', 'broke off before it was complete'],
    ['/big-and-says-so', 'is larger than 1 MB'],
    ['/endless', 'is larger than 1 MB'],
    ['/bomb', 'is larger than 1 MB'],
  ])('%s fails: %s', async (path, reason) => {
    await expect(get(path)).rejects.toThrow(reason)
  })

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://169.254.169.254/',
    'http://localhost/',
  ])('%s is refused unless it is allowed', async (address) => {
    await expect(fetchAddress(address)).rejects.toThrow(/^leads to .*, an address that is not public: .*CAIRN_IMPORT_PRIVATE_ADDRESSES=1/)
  })

  it('makes no connection to an address that is refused', async () => {
    seen = []
    await expect(fetchAddress(`${base.replace('127.0.0.1', 'localhost')}/page`)).rejects.toThrow('not public')
    expect(seen).toEqual([])
  })

  it.each([
    ['ftp://example.org/', 'only http and https'],
    ['http://user:secret@example.org/', 'holds a user name'],
    ['http://', 'is no web address'],
  ])('%s is refused', async (address, reason) => {
    await expect(fetchAddress(address)).rejects.toThrow(reason)
  })

  it('says so when nothing answers', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await once(closed, 'close')
    await expect(fetchAddress(`http://127.0.0.1:${port}/`, { refuses })).rejects.toThrow('nothing answers at that address')
  })
})
