/** What opens the web page for somebody of a chat opens it once, for a while, and for nobody else. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { SignIn } from '../../shared/sign-ins.ts'
import type { Store } from '../open-store.ts'
import { minute, person } from './samples.ts'

/** @param another a second store on the same database, as another process has it */
export function signInsSuite(open: () => Store, another: () => Store): void {
  const signIn = (more: Partial<SignIn> = {}): SignIn => ({ kind: 'link', hash: randomUUID(), tenant: randomUUID(), person: 'ana', until: minute(10), ...more })

  describe('a link to the page', () => {
    it('is taken by one of twenty at once, on two processes, and by nobody after that', async () => {
      const link = signIn()
      await open().signIns.saveSignIn(link, minute(1))
      const taken = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? open() : another()).signIns.takeLink(link.hash, minute(2))))
      expect(taken.filter((each) => each !== undefined)).toEqual([link])
      expect(await open().signIns.takeLink(link.hash, minute(2))).toBeUndefined()
    })

    it('opens nothing once its time is up, nor where another one was asked for', async () => {
      const { signIns } = open()
      const late = signIn()
      await signIns.saveSignIn(late, minute(1))
      expect(await signIns.takeLink(late.hash, minute(10))).toBeUndefined()
      const [first, second] = [signIn(), signIn()]
      const later = { ...second, tenant: first.tenant }
      await signIns.saveSignIn(first, minute(1))
      await signIns.saveSignIn(later, minute(1))
      expect(await signIns.takeLink(first.hash, minute(2))).toBeUndefined()
      expect(await signIns.takeLink(later.hash, minute(2))).toEqual(later)
    })

    it('stays when somebody of the same id in another tenant asks for one', async () => {
      const { signIns } = open()
      const [first, namesake] = [signIn(), signIn()]
      await signIns.saveSignIn(first, minute(1))
      await signIns.saveSignIn(namesake, minute(1))
      expect(await signIns.takeLink(first.hash, minute(2))).toEqual(first)
      expect(await signIns.takeLink(namesake.hash, minute(2))).toEqual(namesake)
    })

    it('is no session, and a session no link', async () => {
      const { signIns } = open()
      const link = signIn()
      const session = signIn({ kind: 'session' })
      await signIns.saveSignIn(link, minute(1))
      await signIns.saveSignIn(session, minute(1))
      expect(await signIns.session(link.hash, minute(2))).toBeUndefined()
      expect(await signIns.takeLink(session.hash, minute(2))).toBeUndefined()
    })
  })

  describe('a session on the page', () => {
    it('lasts until its time is up or it is ended, beside others of the same person', async () => {
      const { signIns } = open()
      const session = signIn({ kind: 'session' })
      const elsewhere = { ...signIn({ kind: 'session' }), tenant: session.tenant }
      await signIns.saveSignIn(session, minute(1))
      await signIns.saveSignIn(elsewhere, minute(1))
      expect(await signIns.session(session.hash, minute(9))).toEqual(session)
      expect(await signIns.session(session.hash, minute(10))).toBeUndefined()
      await signIns.endSession(session.hash)
      expect(await signIns.session(session.hash, minute(2))).toBeUndefined()
      expect(await signIns.session(elsewhere.hash, minute(2))).toEqual(elsewhere)
    })

    it('ends with the person, in their tenant alone', async () => {
      const { signIns, assessments } = open()
      const session = signIn({ kind: 'session' })
      const namesake = signIn({ kind: 'session' })
      await signIns.saveSignIn(session, minute(1))
      await signIns.saveSignIn(namesake, minute(1))
      await assessments.savePerson(session.tenant, person('ana'))
      await assessments.deletePerson(session.tenant, 'ana')
      expect(await signIns.session(session.hash, minute(2))).toBeUndefined()
      expect(await signIns.session(namesake.hash, minute(2))).toEqual(namesake)
    })
  })
}
