import { afterEach, describe, expect, it } from 'vitest'
import { answerRound, chooseRound } from '../presses.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { refusal } from '../testing/refusal.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { AFTER_DEADLINE, CHANNEL, createTeamOfFive, FILLED_IN, FIVE, type TeamOfFive } from './testing/team-of-five.ts'

let five: TeamOfFive
eachOverEngine(createTeamOfFive, (fresh) => {
  five = fresh
})
afterEach(() => {
  expect(five.deps.logged.filter(({ level }) => level === 'error')).toEqual([])
})

describe('answering', () => {
  it('opens the person’s own run, the same one each time', async () => {
    const round = await five.start()
    await five.press(answerRound(round.id), 'U2')
    await five.press(answerRound(round.id), 'U2', 'D2')
    expect(five.opened).toHaveLength(2)
    expect(new Set(five.opened.map(({ run }) => run)).size).toBe(1)
    expect(await five.deps.assessments.store.assessments.run(TENANT, five.opened[0]?.run ?? '')).toMatchObject({ person: 'U2', round: round.id })
  })

  it('tells who is not asked whom to ask, and lets them in once they are invited', async () => {
    const round = await five.start({ people: ['U1', 'U2'] })
    expect(await refusal(five.press(answerRound(round.id), 'U3'))).toBe('You are not asked in “Spring”. Ada can invite you: “Invite people” on the card.')
    await five.press(pressOf(await five.card(round), 'Invite people'), 'U1')
    const args = five.deps.platform.forms.at(-1)?.submit?.with
    expect(await five.check('round.invite', { people: [] })).toEqual({ people: 'Choose who else is asked.' })
    await five.submit('round.invite', { people: ['U3', 'U2', 'UBOT'] }, { args })
    expect(textOf(five.deps.platform.last())).toContain('1 person was invited.')
    expect(textOf(await five.card(round))).toContain('0 of 3 have answered.')
    expect(await refusal(five.submit('round.invite', { people: ['U3'] }, { args }))).toContain('asked already')
    await five.press(answerRound(round.id), 'U3')
    expect(five.opened.map(({ person }) => person)).toEqual(['U3'])
  })

  it('ends with the round, whoever finds out first', async () => {
    const round = await five.start()
    five.deps.setNow(AFTER_DEADLINE)
    await five.press(answerRound(round.id), 'U2')
    expect(five.opened).toEqual([])
    const said = five.deps.platform.shown.find(({ how }) => how === 'whisper')
    expect(textOf(said?.reply ?? { summary: '', blocks: [] })).toBe('“Spring” is closed: answers no longer count.\n[Results]')
    expect(five.closings()).toHaveLength(1)
  })
})

describe('voting once more', () => {
  const apart = async () => {
    const round = await five.start()
    for (const [i, person] of FIVE.entries()) await five.answer(round, person, i === 0 ? 1 : 4)
    return round
  }
  const until = { day: '2026-03-09', time: '12:00' }

  it('asks the same people about what lay far apart, on a card of its own, and says what has changed', async () => {
    const first = await apart()
    await five.press(pressOf(five.closings()[0] ?? { summary: '', blocks: [] }, 'Vote once more on these'), 'U3')
    const form = five.deps.platform.forms.at(-1)
    expect(form?.fields.map(({ id }) => id)).toEqual(['day', 'time'])
    expect(await five.check('round.revote', { ...until, day: '2026-03-01' }, 'U3')).toEqual({ day: 'This has passed: choose a later day or time.' })
    await five.submit('round.revote', until, { by: 'U3', args: form?.submit?.with })
    const again = (await five.rounds()).find(({ revote }) => revote?.of === first.id)
    expect(again).toMatchObject({ state: 'open', startedBy: 'U3', invited: [...FIVE], deadline: '2026-03-09T06:30:00.000Z' })
    if (again === undefined) return
    expect(textOf(await five.card(again))).toContain('Once more on what lay far apart: ')

    for (const person of FIVE) await five.answer(again, person, 3)
    expect(five.closings()).toHaveLength(2)
    const text = five.closings().map(textOf)[1]
    expect(text).toContain(': was 1 to 4, is 3 now')
    expect(text).not.toContain('Vote once more')
    expect(await refusal(five.press({ on: 'round.revote', with: { round: first.id } }, 'U3'))).toContain('voted on once more already')
    expect(await refusal(five.submit('round.revote', until, { by: 'U3', args: { round: first.id } }))).toContain('only one re-vote')
  })

  it('goes on where the process ended before the card was shown, and is one vote', async () => {
    const first = await apart()
    await five.deps.assessments.rounds.startRevote(TENANT, first.id, 'U3', { deadline: '2026-03-09T06:30:00.000Z' })
    await five.submit('round.revote', until, { by: 'U3', args: { round: first.id } })
    expect(textOf(await five.card({ id: `${first.id}-revote` }))).toContain('0 of 5 have answered.')
    expect(await five.rounds()).toHaveLength(2)
  })

  it('is for those who were asked, and for administrators', async () => {
    const first = await apart()
    five.deps.platform.people.set('U7', { id: 'U7', name: 'Guy', isAdmin: false, isBot: false })
    const press = { on: 'round.revote', with: { round: first.id } }
    expect(await refusal(five.press(press, 'U7'))).toContain('Only those who were asked')
    expect(await refusal(five.submit('round.revote', until, { by: 'U7', args: press.with }))).toContain('Only those who were asked')
    await five.submit('round.revote', until, { by: 'U9', args: press.with })
    expect(textOf(await five.card({ id: `${first.id}-revote` }))).toContain('0 of 5 have answered.')
  })
})

describe('what comes from outside', () => {
  it('is for who may: others neither remind, nor invite, nor close, also with the form at hand', async () => {
    const round = await five.start()
    for (const label of ['Remind now', 'Invite people', 'Close now'])
      expect(await refusal(five.press(pressOf(await five.card(round), label), 'U2'))).toContain('Only Ada and administrators')
    expect(await refusal(five.submit('round.close', {}, { by: 'U2', args: { round: round.id } }))).toContain('Only Ada')
    expect(await refusal(five.submit('round.invite', { people: ['U9'] }, { by: 'U2', args: { round: round.id } }))).toContain('Only Ada')
    expect((await five.rounds())[0]).toMatchObject({ state: 'open', invited: [...FIVE] })
    expect(five.deps.platform.forms).toEqual([])
  })

  it('has no effect in a form that is not theirs: another channel, another team, another workspace', async () => {
    const round = await five.start()
    five.deps.platform.people.set('U7', { id: 'U7', name: 'Guy', isAdmin: false, isBot: false })
    five.deps.platform.places.set('C7', { name: '#guys', members: ['U7'] })
    const values = { ...FILLED_IN, name: 'Forged' }
    expect(await refusal(five.submit('round.start', values, { by: 'U7', place: 'C7', args: { place: CHANNEL } }))).toContain('not in that channel')
    expect(await refusal(five.submit('round.start', values, { by: 'U7', place: 'C7', args: { place: 'C7', team: round.team } }))).toContain(
      'started by its people',
    )
    expect(await refusal(five.press(chooseRound(round.team), 'U7', 'C7'))).toContain('started by its people')
    expect(await five.rounds()).toHaveLength(1)
    const stranger = { ...five.deps.platform.exchange({ person: 'U1' }), who: { tenant: 'slack:T2', person: 'U1' } }
    expect(await refusal(five.part.presses['round.answer']?.(stranger, { round: round.id }) as Promise<void>)).toContain('no longer there')
  })

  it('is told so when it is nothing that a button of ours carries', async () => {
    const presses = Object.keys(five.part.presses).filter((on) => on !== 'round.mute' && on !== 'round.choose')
    for (const on of presses)
      for (const args of [{}, { round: 7 }, { round: '' }, { round: 'x'.repeat(300) }, { round: 'nothing' }, { round: '__proto__' }])
        expect(await refusal(five.press({ on, with: args as Record<string, string> }, 'U1')), on).toMatch(/older message|no longer there/)
    for (const [on, form] of Object.entries(five.part.forms))
      for (const values of [{}, { people: 'U1' }, { day: ['x'], time: '1', scope: ['a', 'b'] }, { people: [''], name: ['x'] }]) {
        await form.check?.({ tenant: TENANT, person: 'U1' }, { on, with: { round: 'nothing' }, values })
        await refusal(form.submit(five.deps.platform.exchange(), { on, with: { round: 'nothing' }, values }))
      }
    expect(await five.rounds()).toEqual([])
  })

  it('is told that a closed round can’t be changed', async () => {
    const round = await five.start()
    five.deps.setNow(AFTER_DEADLINE)
    for (const on of ['round.remind', 'round.invite', 'round.close'])
      expect(await refusal(five.press({ on, with: { round: round.id } }, 'U1'))).toContain('is closed, so there is nothing more to change')
  })
})
