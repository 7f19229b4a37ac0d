import { describe, expect, it } from 'vitest'
import type { Press } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { pressesIn } from './testing/respondent.ts'
import { CHANNEL, createWorld, GITOPS, type World } from './testing/world.ts'

let world: World
eachOverEngine(createWorld, (fresh) => {
  world = fresh
})

const begin = (words = 'kmm quick for Payments') => world.ada.assess(words)

describe('an assessment by buttons alone', () => {
  it.each([
    ['kmm quick', 5],
    ['cncf quick', 5],
    ['cncf full', 26],
    ['cncf people', 7],
    ['fairwinds quick', 3],
    ['fairwinds full', 7],
    ['indellient', 5],
    ['plural', 3],
  ])('%s asks at most %i questions, on one card', async (words, most) => {
    await begin(`${words} for Payments`)
    let asked = 0
    for (; (await world.ada.run()).state === 'open'; asked++) {
      expect(asked).toBeLessThan(most)
      const card = await world.ada.card()
      expect(card.blocks.length).toBeLessThanOrEqual(15)
      await world.ada.press(/^(?:Level|Stage) [23]$|^In place$|^All in place$/, { reply: card })
    }
    expect(await world.answers()).toHaveLength(asked)
    expect(await world.shown()).toContain('That was the last question.')
    expect((await world.ada.card()).blocks.length).toBeLessThanOrEqual(15)
    expect(await world.ada.cards()).toHaveLength(1)
    expect(await world.deps.store.unsettledCards('run')).toEqual([])
    expect(pressOf(await world.ada.card(), 'See the results')).toEqual({
      on: 'results.show',
      with: { team: (await world.ada.run()).team, model: words.split(' ')[0] },
    })
    expect((await world.answers()).every(({ surface }) => surface === 'slack')).toBe(true)
  })

  it('shows every level in full, with its own button', async () => {
    await begin()
    const text = await world.shown()
    expect(text).toContain('Payments › KMM, quick › 1 of 5')
    expect(text).toContain('Culture and organization')
    for (const passage of world.deps
      .corpus()
      .section('kmm', 'culture')
      .filter(({ level }) => level !== null)) {
      expect(text).toContain(passage.indicator)
      expect(text).toContain(`[Level ${passage.level}]`)
    }
  })

  it('keeps every press well under what a message carries', async () => {
    await begin('cncf full for Payments')
    for (let i = 0; i < 5; i++) {
      const presses = pressesIn(await world.ada.card())
      expect(presses.some(({ inMenu }) => inMenu)).toBe(true)
      // An option of a menu carries less than a button, on some platforms 150 characters.
      for (const { press, inMenu } of presses) expect(JSON.stringify([press.on, press.with]).length).toBeLessThan(inMenu ? 150 : 1_000)
      await world.ada.press('Not sure')
    }
  })
})

describe('an assessment by typing alone', () => {
  it.each([
    ['kmm quick', ['2', 'level 3', 'between 1 and 2', 'not sure', 'n/a', 'we serve no traffic']],
    ['cncf quick', ['1', '2', '3', '4', '5']],
    ['fairwinds quick', ['yes', 'no', 'partly', 'yes']],
    ['indellient', ['yes', '1, 2', 'none', 'all', 'no', 'no']],
    ['plural', ['yes', 'no', 'no', 'no']],
  ])('%s moves the card to where they write, and leaves one', async (words, typed) => {
    await begin(`${words} for Payments`)
    for (const text of typed) {
      const before = await world.ada.cardRef()
      if ((await world.ada.run()).state === 'finished') break
      expect(await world.ada.type(text)).toBe(true)
      expect(await world.ada.cardRef()).not.toEqual(before)
      expect(world.deps.platform.messages.has(before.id)).toBe(false)
    }
    expect((await world.ada.run()).state).toBe('finished')
    expect(await world.ada.cards()).toHaveLength(1)
  })

  it('puts a level to own words, with the sentence behind it, to be confirmed', async () => {
    await begin('kmm quick for Payments')
    for (const text of ['2', '2']) await world.ada.type(text)
    await world.ada.type(GITOPS)
    const text = await world.shown()
    expect(text).toContain(`You said: “${GITOPS}”`)
    expect(text).toMatch(/That sounds like level \d/)
    const proposed = (await world.ada.run()).pending
    expect(proposed).toMatchObject({ kind: 'proposal' })
    const level = proposed?.kind === 'proposal' ? proposed.level : 0
    expect(text).toContain(world.deps.corpus().passage(`kmm/automation/${level}`)?.indicator)
    expect(pressOf(await world.ada.card(), 'Read the passage')).toEqual({ on: 'passage.open', with: { passage: `kmm/automation/${level}` } })
    expect(await world.answers()).toHaveLength(2)
    await world.ada.type('yes')
    expect((await world.answers()).at(-1)).toMatchObject({ question: 'automation', value: { kind: 'level', level }, said: GITOPS })
  })

  it('answers a question in the card’s thread, and stays at the question', async () => {
    await begin()
    const { id } = await world.ada.cardRef()
    expect(await world.ada.type('what does RBAC mean?', { place: { ...world.ada.direct, thread: id } })).toBe(true)
    const card = await world.ada.card()
    expect(world.deps.platform.statuses).toEqual(['is looking it up'])
    expect(textOf(card)).toContain('RBAC (role-based access control)')
    expect(card.blocks.some(({ kind }) => kind === 'sources')).toBe(true)
    expect(textOf(card)).toContain('1 of 5')
    expect(await world.answers()).toEqual([])
    expect(await world.ada.cards()).toHaveLength(1)
  })
})

describe('back, pause and resume', () => {
  it('goes back, shows what was answered, and answers anew', async () => {
    await begin()
    expect(textOf(await world.ada.card())).not.toContain('[Back]')
    await world.ada.press('Level 2')
    await world.ada.press('Back')
    expect(await world.shown()).toContain('You answered: level 2.')
    await world.ada.press('Level 3')
    expect(await world.values()).toEqual([{ kind: 'level', level: 3 }])
    expect(await world.deps.database.assessments.answerHistory(TENANT, (await world.ada.run()).id)).toHaveLength(2)
  })

  it('pauses, and goes on with the button, by a word, and from elsewhere', async () => {
    await begin()
    await world.ada.press('Level 2')
    await world.ada.press('Pause')
    expect(await world.shown()).toContain('Paused at question 2 of 5. What you answered is kept.')
    expect((await world.ada.run()).state).toBe('paused')
    await world.ada.press('Go on')
    expect(await world.shown()).toContain('2 of 5')
    for (const word of ['resume', 'Continue.']) {
      await world.ada.type('pause')
      expect((await world.ada.run()).state).toBe('paused')
      expect(await world.ada.type('how do we scale to many clusters?')).toBe(false)
      expect(await world.ada.type(word)).toBe(true)
      expect((await world.ada.run()).state).toBe('open')
    }
    await world.ada.press('Pause')
    await world.assessing().presses['assess.go-on']?.(world.deps.platform.exchange({ place: CHANNEL }), { run: (await world.ada.run()).id })
    expect((await world.ada.run()).state).toBe('open')
    expect(textOf(world.deps.platform.last())).toContain('It goes on in your direct messages.')
    expect(await world.ada.cards()).toHaveLength(1)
  })

  it('gives up only where the card is the newest, and asks before', async () => {
    await begin()
    await world.ada.press('Pause')
    const card = await world.ada.card()
    const giveUp = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.items : [])).find(({ label }) => label === 'Give up')
    expect(giveUp).toMatchObject({ kind: 'button', style: 'danger', confirm: expect.stringContaining('will not count') })
    await world.ada.press('Go on')
    await world.ada.press('Give up', { reply: card })
    expect((await world.ada.run()).state).toBe('open')
    await world.ada.press('Pause')
    await world.ada.press('Give up')
    expect((await world.ada.run()).state).toBe('abandoned')
    expect(await world.shown()).toContain('This assessment was given up.')
    expect(await world.deps.store.unsettledCards('run')).toEqual([])
  })
})

describe('what was answered', () => {
  const finish = async (words: string, label: string | RegExp) => {
    await begin(`${words} for Payments`)
    while ((await world.ada.run()).state === 'open') await world.ada.press(label)
  }

  it('can be changed at the end, the former answer and its note staying in the history', async () => {
    await finish('kmm quick', 'Level 2')
    expect(await world.shown()).toContain('Security and compliance: level 2.')
    const [change] = pressesIn(await world.ada.card()).filter(({ press }) => press.on === 'assess.change')
    await world.ada.send(change?.press as Press)
    expect(world.ada.form().fields.find(({ id }) => id === 'answer')).toMatchObject({ initial: 'level 2' })
    expect(await world.ada.submit({ answer: 'not-applicable' })).toEqual({ reason: expect.any(String) })
    expect(await world.ada.submit({ answer: 'level 99' })).toEqual({ answer: expect.any(String) })
    await world.ada.submit({ answer: 'between 3', note: 'since spring'.padEnd(1_500, '.') })
    expect((await world.answers()).find(({ question }) => question === 'culture')).toMatchObject({
      value: { kind: 'between', lower: 3 },
      note: 'since spring'.padEnd(1_500, '.'),
      revision: 2,
    })
    expect(await world.shown()).toContain('between 3 and 4. Note: since spring')
    expect((await world.ada.run()).state).toBe('finished')
    expect(await world.deps.store.unsettledCards('run')).toEqual([])
  })

  it('of a checklist is changed practice by practice', async () => {
    await finish('indellient', 'All in place')
    const [change] = pressesIn(await world.ada.card()).filter(({ press }) => press.on === 'assess.change')
    await world.ada.send(change?.press as Press)
    const practices = world.ada.form().fields.filter(({ id }) => id.includes('/'))
    expect(await world.ada.submit({ answer: 'practices' })).toEqual(Object.fromEntries(practices.map(({ id }) => [id, 'Choose one.'])))
    await world.ada.submit({ answer: 'practices', ...Object.fromEntries(practices.map(({ id }) => [id, 'not-yet'])) })
    const changed = (await world.answers()).find(({ revision }) => revision === 2)?.value
    expect(changed).toEqual({ kind: 'practices', practices: Object.fromEntries(practices.map(({ id }) => [id, 'not-yet'])) })
  })

  it('of many questions is changed from a menu', async () => {
    await finish('cncf full', 'Level 2')
    const menu = (await world.ada.card()).blocks
      .flatMap((block) => (block.kind === 'buttons' ? block.items : []))
      .find(({ label }) => label === 'Change an answer')
    expect(menu).toMatchObject({ options: { length: 26 } })
  })
})
