import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { beginningOf } from '../beginning-of.ts'
import { isCommandMessage } from '../commands/find-command.ts'
import type { Block } from '../reply.ts'
import { assessAlone, createTeam, startRound } from '../results/testing/assess.ts'
import { refusal } from '../testing/refusal.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { createDigestsWorld, type DigestsWorld, NOW, TEAM } from './testing/digests-world.ts'

let engine: TestEngine
let world: DigestsWorld
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())
beforeEach(async () => {
  world = await createDigestsWorld(engine)
})
afterEach(() => world.close())

const DM = { place: { id: 'D-U1', kind: 'personal' as const } }
const BOB = { person: 'U2' }
const only = async () => (await world.all())[0]
async function daysAgo(days: number, what: () => Promise<unknown>): Promise<void> {
  world.setNow(new Date(Date.parse(NOW) - days * 24 * 60 * 60 * 1000).toISOString())
  await what()
  world.setNow(NOW)
}

describe('the list', () => {
  it('of a team without digests says what one is, and how to begin', async () => {
    expect(textOf(await world.say(''))).toBe(
      [
        'Digests of Payments',
        'None yet. A digest tells what has changed, what comes next and what is due. Nothing is sent when nothing is new.',
        'In plain words: /maturity digest every other Monday at 9 in Berlin',
        '[New digest] [Be in digests for leads]',
      ].join('\n'),
    )
    await world.press('New digest')
    expect(world.platform.forms.at(-1)?.title).toBe('New digest')
  })

  it('shows each with its next day, and what the person may do with it', async () => {
    await world.say('every friday at 9', { key: 'a' })
    world.setNow('2026-06-10T08:01:00.000Z')
    await world.say('monthly to me', BOB)
    expect(textOf(await world.say(''))).toBe(
      [
        'Digests of Payments',
        '1. Payments, every Friday at 09:00 Berlin time, to #payments. Next: Friday 12 June 2026, 09:00 (Europe/Berlin). Set up by @U1.',
        '[Preview] [Change] [Pause] [Delete]',
        'In plain words: /maturity digest every other Monday at 9 in Berlin',
        '[New digest] [Be in digests for leads]',
      ].join('\n'),
    )
    const bobs = textOf(await world.say('list', BOB))
    expect(bobs).toContain('Set up by @U1.\n[Preview]\n2. Payments, the longer one, on the first Monday of every month at 09:00 New York time, to you alone.')
    expect(bobs).toContain('Set up by @U2.\n[Preview] [Change] [Pause] [Delete]')
    expect(textOf(await world.say('', { person: 'U9' }))).toContain('to @U2 alone')
  })

  it('in a direct message is of all the person’s teams, also on the page', async () => {
    await createTeam(world, 'orders', ['U1'], { name: 'Orders' })
    await world.say('every friday at 9')
    world.setNow('2026-06-10T08:01:00.000Z')
    await world.say('every monday for orders', DM)
    expect(textOf(await world.say('', DM))).toMatch(/^Your digests\n1\. Payments, .*\n.*\n2\. Orders, every Monday at 09:00 Berlin time, to you alone/)
    const lines = await world.part.digestLines({ tenant: TENANT, person: 'U1' })
    expect(lines.map((parts) => textOf({ summary: '', blocks: [{ kind: 'text', parts }] }))).toEqual([
      'Payments, every Friday at 09:00 Berlin time, to #payments. Next: Friday 12 June 2026, 09:00 (Europe/Berlin).',
      'Orders, every Monday at 09:00 Berlin time, to you alone. Next: Monday 15 June 2026, 09:00 (Europe/Berlin).',
    ])
    expect(await world.part.digestLines({ tenant: TENANT, person: 'U3' })).toEqual([])
    expect(await world.part.digestLines({ tenant: 'slack:T2', person: 'U1' })).toEqual([])
  })

  it('is not for who may not see the team', async () => {
    expect(await refusal(world.say('digest for payments', { person: 'U3', place: { id: 'D-U3', kind: 'personal' } }))).toMatch(/can't be read/)
    await world.say('every friday at 9')
    expect(textOf(await world.say('', { person: 'U3', place: { id: 'D-U3', kind: 'personal' } }))).toContain('None yet.')
  })
})

describe('in words', () => {
  it('the only one is meant; of several the one whose number is named', async () => {
    expect(await refusal(world.say('pause'))).toBe('There is no digest yet. Set one up in plain words, for example “/maturity digest every Monday at 9”.')
    await world.say('every friday at 9')
    expect(textOf(await world.say('pause'))).toBe('Paused: nothing is sent until somebody resumes it.')
    expect((await only())?.paused).toMatchObject({ why: 'asked' })
    expect(textOf(await world.say('resume'))).toMatch(/^It goes on: Payments, every Friday.*The next three:\n- Friday 12 June/s)
    expect(await only()).not.toHaveProperty('paused')
    world.setNow('2026-06-10T08:01:00.000Z')
    await world.say('every monday at 9')
    expect(textOf(await world.say('stop the digest'))).toMatch(/^Which one\? Name its number, as in “\/maturity digest pause 2”\./)
    await world.say('pause 2')
    expect((await world.all()).map(({ paused }) => paused !== undefined)).toEqual([false, true])
    expect(await refusal(world.say('delete 3'))).toBe('There is no digest 3: “digest” lists the 2 there are.')
    expect(textOf(await world.say('delete number 1'))).toBe('Deleted: it came every Friday at 09:00 Berlin time.')
    await world.say('change 1')
    expect(world.platform.forms.at(-1)?.title).toBe('Change the digest')
  })

  it('nobody does with another’s what they may not', async () => {
    await world.say('every friday at 9')
    for (const words of ['pause', 'delete 1', 'change', 'resume 1']) expect(await refusal(world.say(words, BOB))).toMatch(/^Ada set this digest up/)
    expect(textOf(await world.say('delete', { person: 'U9' }))).toMatch(/^Deleted/)
  })

  it.each([
    ['digest every other Monday at 9 in Berlin', true],
    ['digest on the first Tuesday of the month for the payments team at 10:00', true],
    ['digest', true],
    ['digest pause 2', true],
    ['digest of the audit report that nobody has read since spring', false],
    ['digest every other Monday at 9 in Berlin?', false],
  ])('“%s” in a conversation is a command: %s', (typed, expected) => {
    expect(isCommandMessage(typed, world.part.commands)).toBe(expected)
  })
})

describe('by buttons of the list', () => {
  it('one is paused, resumed and deleted, and the list shows it', async () => {
    await world.say('every friday at 9')
    await world.say('')
    expect(textOf(await world.press('Pause'))).toMatch(
      /^Paused: nothing is sent until somebody resumes it\.\nDigests of Payments\n1\..*Paused\. Set up by @U1\.\n\[Preview\] \[Change\] \[Resume\] \[Delete\]/,
    )
    world.setNow('2026-06-19T08:00:00.000Z')
    expect(textOf(await world.press('Resume'))).toContain('Friday 26 June 2026')
    // What lies behind is not sent late.
    expect(await only()).toMatchObject({ dealtWithUntil: '2026-06-19T08:00:00.000Z' })
    expect(textOf(await world.press('Delete'))).toMatch(/^Deleted: it came every Friday at 09:00 Berlin time\.\nDigests of Payments\nNone yet/)
    expect(await world.all()).toEqual([])
  })

  it('one that could not be delivered says so, and goes on where it is sent elsewhere', async () => {
    await world.say('every friday at 9')
    const digest = await only()
    if (digest === undefined) throw new Error('there is none')
    await world.digests.changeDigest(TENANT, { ...digest, paused: { at: NOW, why: 'undeliverable' } })
    expect(textOf(await world.say(''))).toContain('Paused, since it could not be delivered: change where it goes')
    await world.press('Change')
    await world.submit({ model: 'kmm' })
    expect(await only()).toMatchObject({ paused: { why: 'undeliverable' } })
    await world.submit({ where: 'person:U1' })
    expect(await only()).not.toHaveProperty('paused')
  })
})

describe('a preview', () => {
  it('is for the person alone, of the time since the last one, with what can be done', async () => {
    await daysAgo(30, () => assessAlone(world, TEAM, 'U1', [2, 2, 2, 2, 2]))
    await daysAgo(2, () => assessAlone(world, TEAM, 'U2', [3, 2, 2, 2, 2]))
    await world.say('every friday at 9')
    const reply = await world.press('Preview', BOB)
    expect(world.platform.shown.at(-1)?.how).toBe('whisper')
    const [first, heading, changed] = reply.blocks
    expect([first, heading, changed].map((block) => textOf({ summary: '', blocks: [block as Block] }))).toEqual([
      'Preview. Only you see this.',
      'Payments: KMM',
      'Changed: Culture and organization up from level 2 to level 3. [Results]',
    ])
    expect(reply.blocks.filter(({ kind }) => kind === 'picture')).toHaveLength(1)
    expect(textOf(reply)).toMatch(/\[1\] .*: “.+” https:/)
    expect(textOf(reply)).toMatch(/From .*\nThis comes every Friday at 09:00 Berlin time\.\n\[Mute\] \[Change\] \[Why am I getting this\?\]$/)
    const picture = reply.blocks.find((block) => block.kind === 'picture')
    expect(picture?.kind === 'picture' && picture.picture.png().subarray(1, 4).toString()).toBe('PNG')
  })

  it('is there before there is a digest', async () => {
    await assessAlone(world, TEAM, 'U1', [2, 2, 2, 2, 2])
    const reply = await world.say('preview')
    expect(textOf(reply)).toMatch(/^Preview\. Only you see this\.\nPayments: KMM/)
    expect(textOf(reply)).not.toMatch(/Mute|This comes/)
    expect(textOf(reply)).toMatch(/There is no digest yet: a weekly one would say this\.\n\[Set up a digest\]$/)
  })

  it('begins with a chat model’s sentence where there is one', async () => {
    const spoken = await createDigestsWorld(engine, async () => 'Culture is what moved.')
    await spoken.say('every friday at 9')
    expect(textOf(await spoken.press('Preview'))).toContain('Payments\nCulture is what moved.')
    const content = await spoken.compose({
      tenant: TENANT,
      digest: (await spoken.all())[0] as never,
      period: { from: NOW, to: NOW, partial: false },
      late: false,
      now: new Date(NOW),
    })
    expect(textOf(await spoken.part.render(content, TENANT))).toContain('Culture is what moved.')
    await spoken.close()
  })

  it('is not for who sees neither the team nor the channel', async () => {
    await world.say('every friday at 9')
    const { on, with: args = {} } = pressOf(world.platform.last(), 'Preview')
    expect(await refusal(world.pressRaw(on, args, { person: 'U3', place: { id: 'C7' } }))).toBe('This digest is no longer there.')
    // Who is in the channel sees it anyway.
    world.platform.places.get('C1')?.members.push('U3')
    expect(textOf(await world.pressRaw(on, args, { person: 'U3' }))).toMatch(/^Preview/)
  })
})

describe('who has left the team', () => {
  it('still has a digest to delete, and reads nothing by it', async () => {
    await createTeam(world, 'orders', ['U1', 'U2'], { name: 'Orders' })
    await world.say('every friday at 9 for orders', DM)
    await world.assessments.store.assessments.removeMember(TENANT, 'orders', 'U1')
    expect(textOf(await world.say('', DM))).toContain('1. Orders, every Friday')
    expect(await refusal(world.press('Preview', DM))).toMatch(/^You are not in this team any more/)
    expect(textOf(await world.press('Delete', DM))).toMatch(/^Deleted/)
  })
})

describe('the message of a digest', () => {
  it('is six lines at most, each beside its button, and one picture', async () => {
    await daysAgo(120, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    await daysAgo(2, () => assessAlone(world, TEAM, 'U2', [3, 'not sure', 'not sure', 'not sure', 'not sure']))
    await startRound(world, TEAM, { scope: { model: 'cncf', extent: 'quick' } })
    await world.assessments.store.assessments.createAction(TENANT, {
      id: 'act',
      team: TEAM,
      model: 'kmm',
      section: 'security',
      passage: 'kmm/security/2',
      text: 'Scan images.',
      createdBy: 'U1',
      createdAt: NOW,
      due: '2026-06-11',
    })
    await world.say('every friday at 9')
    const reply = await world.press('Preview')
    const lines = reply.blocks.filter(({ kind }) => kind === 'text' || kind === 'option').slice(1)
    expect(lines.length).toBeGreaterThanOrEqual(4)
    // With the one about the digest itself.
    expect(lines.length).toBeLessThanOrEqual(5)
    expect(pressOf(reply, 'Actions')).toEqual({ on: 'action.list', with: { team: TEAM } })
    expect(pressOf(reply, 'Answer “Spring”').on).toBe('round.answer')
    expect(pressOf(reply, 'Results')).toEqual({ on: 'results.show', with: { team: TEAM, model: 'kmm' } })
    expect(pressOf(reply, 'Make it an action')).toMatchObject({ on: 'action.make', with: { team: TEAM, model: 'kmm' } })
    expect(reply.summary).toMatch(/^Preview: Payments: KMM\. /)
    for (const block of reply.blocks)
      for (const item of block.kind === 'buttons' ? block.items : []) if (item.kind === 'button') expect(JSON.stringify(item.press).length).toBeLessThan(1_500)
  })

  it('says why it comes, to everybody who gets it', async () => {
    await world.say('every friday at 9')
    const { with: args = {} } = pressOf(world.platform.last(), 'Preview')
    expect(textOf(await world.pressRaw('digest.why', args, BOB))).toBe(
      [
        '@U1 set up this digest on 10 Jun 2026, about Payments, for this channel. It comes every Friday at 09:00 Berlin time, and only when something is new.',
        'The next three:',
        '- Friday 12 June 2026, 09:00 (Europe/Berlin)',
        '- Friday 19 June 2026, 09:00 (Europe/Berlin)',
        '- Friday 26 June 2026, 09:00 (Europe/Berlin)',
      ].join('\n'),
    )
    expect(await refusal(world.pressRaw('digest.why', args, { person: 'U3', place: { id: 'C7' } }))).toBe('This digest is no longer there.')
  })

  it('is muted by one press, and stays where it is', async () => {
    await world.say('every friday at 9')
    const { with: args = {} } = pressOf(world.platform.last(), 'Preview')
    expect(textOf(await world.pressRaw('digest.mute', args))).toBe('Paused: nothing is sent until somebody resumes it.\n[Resume]')
    expect(world.platform.shown.at(-1)?.how).toBe('whisper')
    expect(textOf(await world.press('Resume'))).toMatch(/^It goes on: Payments/)
    expect(textOf(await world.pressRaw('digest.why', args))).not.toContain('paused')
  })
})

describe('an old answer', () => {
  const asked = async () => {
    await daysAgo(120, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    await world.say('every friday at 9')
    return world.press('Preview')
  }

  it('is given anew by a press, and where it stands is said to the person alone', async () => {
    const reply = await asked()
    const labels = reply.blocks.flatMap((block) => (block.kind === 'buttons' ? block.items.map(({ label }) => label) : []))
    expect(labels.filter((label) => /Level/.test(label)).map((label) => beginningOf(label, 14))).toHaveLength(5)
    expect(labels.filter((label) => label.startsWith('Still Level 2'))).toHaveLength(1)
    const { with: args = {} } = pressOf(reply, /^Level 4/)
    expect(args).toMatchObject({ team: TEAM, model: 'kmm', section: 'culture', level: 4 })
    const said = textOf(await world.pressRaw('digest.reassess', args, { ...BOB, key: 'press-1' }))
    expect(said).toMatch(/^Recorded: level 4\. Culture and organization of Payments stands at level 4 now, level 2 before\.\n/)
    expect(world.platform.shown.at(-1)?.how).toBe('whisper')
    const runs = () => world.assessments.store.assessments.finishedRuns(TENANT, TEAM)
    expect(await runs()).toMatchObject([{ person: 'U2' }, { person: 'U1' }])
    // The same press delivered again, and another level in the same message.
    expect(textOf(await world.pressRaw('digest.reassess', args, { ...BOB, key: 'press-1' }))).toMatch(
      /^Recorded already: level 4\..*stands at level 4, as before/,
    )
    expect(textOf(await world.pressRaw('digest.reassess', { ...args, level: 3 }, { ...BOB, key: 'press-2' }))).toContain(
      'stands at level 3 now, level 4 before.',
    )
  })

  it('is given by the team’s people only, whatever is pressed', async () => {
    const { with: args = {} } = pressOf(await asked(), /^Level 4/)
    for (const person of ['U3', 'U9'])
      expect(await refusal(world.pressRaw('digest.reassess', args, { person, place: { id: 'C7' } }))).toBe(
        'Only the people of Payments answer for it. Nothing was recorded.',
      )
    expect(await refusal(world.pressRaw('digest.reassess', { ...args, team: 'nope' }))).toMatch(/^This team is no longer there/)
    expect(await refusal(world.pressRaw('digest.reassess', { ...args, section: 'nope' }))).toMatch(/^The model has changed/)
    expect(await refusal(world.pressRaw('digest.reassess', { ...args, level: 9 }))).toMatch(/^The model has changed/)
    for (const forged of [{ ...args, level: '4' }, { ...args, level: -1 }, { ...args, asked: 'x'.repeat(400) }, {}])
      expect(await refusal(world.pressRaw('digest.reassess', forged as never))).toMatch(/^This button is from an older message/)
    expect(await world.assessments.store.assessments.finishedRuns(TENANT, TEAM)).toHaveLength(1)
  })

  it('makes who answers from the channel one of the team', async () => {
    const { with: args = {} } = pressOf(await asked(), /^Level 4/)
    world.platform.places.get('C1')?.members.push('U3')
    await world.pressRaw('digest.reassess', args, { person: 'U3' })
    expect((await world.assessments.store.assessments.members(TENANT, TEAM)).map(({ id }) => id)).toContain('U3')
  })

  it('can be looked up before it is given', async () => {
    await asked()
    await world.press('What these say')
    const form = world.platform.forms.at(-1)
    expect(form?.title).toBe('What the levels say')
    expect(form === undefined ? '' : textOf(form)).toContain(engine.corpus.passage('kmm/culture/3')?.indicator)
    expect(await refusal(world.pressRaw('digest.levels', { model: 'kmm', section: 'nope' }))).toMatch(/^The model has changed/)
  })
})

describe('a digest for leads', () => {
  const agree = (at?: Parameters<DigestsWorld['say']>[1]) => world.say('agree', at)

  it('shows teams that agreed, which their people do for themselves', async () => {
    expect(await refusal(world.say('for leads every first Monday of the month at 9'))).toMatch(/^No team has agreed to be shown beside others yet\./)
    await assessAlone(world, TEAM, 'U1', [2, 2, 2, 2, 2])
    expect(await refusal(world.say('agree', { person: 'U9' }))).toBe('Whether Payments is in digests for leads is for its people to say.')
    expect(textOf(await agree())).toMatch(/^Payments may be shown in digests for leads: .*never as a ranking\.\n\[Leave digests for leads\]$/)
    expect(textOf(await world.say('organisation digest every monday at 9 to me', { person: 'U9' }))).toContain(
      'Teams side by side (Payments), every Monday at 09:00 UTC, to you alone',
    )
    expect(textOf(await world.press('Preview', { person: 'U9' }))).toMatch(/Teams side by side: KMM.*Shown: Payments, by name\./s)
    expect(textOf(await world.say('withdraw'))).toMatch(/^Payments is not shown in digests for leads any more/)
    const [digest] = await world.digests.digestsBy(TENANT, 'U9')
    const reply = await world.pressRaw('digest.preview', { digest: digest?.id ?? '' }, { person: 'U9' })
    expect(textOf(reply)).toContain('No team that agreed to be shown here has results yet.')
  })

  it('is set up by the form, from any channel, without making it a team', async () => {
    await agree()
    await createTeam(world, 'orders', ['U3'], { name: 'Orders' })
    world.platform.places.set('C6', { name: '#leads', members: ['U9'] })
    await world.say('new', { person: 'U9', place: { id: 'C6' } })
    const reply = await world.submit({ kind: 'organisation' }, { person: 'U9', place: { id: 'C6' } })
    expect(textOf(reply)).toContain('Set up: Teams side by side (Payments), every Monday at 09:00 UTC, to #leads')
    expect(await world.assessments.store.assessments.teamByName(TENANT, '#leads')).toBeUndefined()
    expect(await world.check({ kind: 'organisation', teams: ['orders'] }, 'U9')).toEqual({ teams: 'Choose among the teams that agreed to be shown.' })
    await world.press('Change', { person: 'U9' })
    expect(world.platform.forms.at(-1)?.fields.map(({ id }) => id)).toEqual(['when', 'where', 'model', 'teams', 'empty'])
    expect(await refusal(world.submit({ teams: ['orders'] }, { person: 'U9' }))).toBe('Choose among the teams that agreed to be shown.')
  })

  it('is opened for who is in no team', async () => {
    await agree()
    const at = { person: 'U9', place: { id: 'D-U9', kind: 'personal' as const } }
    await world.say('new', at)
    await world.press('Teams side by side', at)
    expect(world.platform.forms.at(-1)?.fields.map(({ id }) => id)).toEqual(['when', 'where', 'model', 'teams', 'empty'])
    expect(textOf(await world.submit({}, at))).toContain('Set up: Teams side by side (Payments)')
  })

  it('to one person is seen by that person alone', async () => {
    await agree()
    await world.say('for leads every monday at 9 to me', { person: 'U9' })
    expect(textOf(await world.say(''))).toContain('None yet.')
    const [digest] = await world.digests.digestsBy(TENANT, 'U9')
    for (const press of ['digest.preview', 'digest.why', 'digest.delete'])
      expect(await refusal(world.pressRaw(press, { digest: digest?.id ?? '' }))).toBe('This digest is no longer there.')
  })

  it('is agreed to by a press that says which way', async () => {
    await world.say('')
    await world.press('Be in digests for leads')
    expect(textOf(await world.say(''))).toContain('[Leave digests for leads]')
    expect(await refusal(world.pressRaw('digest.agree', { team: TEAM, agreed: true }, { person: 'U3', place: { id: 'C7' } }))).toMatch(/no such team/)
    expect(await refusal(world.pressRaw('digest.agree', { team: TEAM, agreed: 'yes' }))).toMatch(/^This button is from an older message/)
  })
})
