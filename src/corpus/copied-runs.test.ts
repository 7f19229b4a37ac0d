import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../shared/errors.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { type CopiedRun, copiedRuns, readOriginals } from './copied-runs.ts'

let directory: TemporaryDirectory
beforeEach(async () => {
  directory = await createTemporaryDirectory()
})
afterEach(() => directory.remove())

/** What of `text` stands in an original of this content. */
async function runsIn(text: string, original: string): Promise<CopiedRun[]> {
  await writeFile(join(directory.path, 'original.html'), original)
  return copiedRuns(text, await readOriginals(directory.path))
}

const NINE = 'each team deploys small changes on every single workday'

describe('a run of words', () => {
  it('counts as copied from nine words on', async () => {
    expect(await runsIn(`We say that ${NINE}.`, `They say: ${NINE}!`)).toEqual([{ words: NINE, source: 'original.html' }])
    expect(await runsIn('We say that each team deploys small changes on every single day.', `They say: ${NINE}!`)).toEqual([])
  })

  it('is told as a whole, however long it is', async () => {
    const long = `${NINE} and rolls back within minutes when an alarm goes off`

    expect(await runsIn(long, `Before. ${long}, after.`)).toEqual([{ words: long, source: 'original.html' }])
  })

  it('is told once for each place', async () => {
    expect(await runsIn(`${NINE}. Our own words. ${NINE}.`, NINE)).toHaveLength(2)
  })

  it('is found whatever the case, the punctuation and the line breaks', async () => {
    expect(
      await runsIn('EACH team deploys “small” changes — on every, single workday', 'each team\n  deploys small\tchanges on every single workday'),
    ).toHaveLength(1)
    expect(await runsIn("each team’s cluster doesn't run small changes on workdays", "each team's cluster doesn’t run small changes on workdays")).toHaveLength(
      1,
    )
  })

  it('is found in the second of two originals, which it names', async () => {
    await writeFile(join(directory.path, 'first.txt'), 'Something else entirely.')
    await writeFile(join(directory.path, 'second.txt'), NINE)

    expect(copiedRuns(NINE, await readOriginals(directory.path))).toEqual([{ words: NINE, source: 'second.txt' }])
  })

  it('is not found in a text that is too short to hold one', async () => {
    expect(await runsIn('each team deploys', NINE)).toEqual([])
    expect(await runsIn('', NINE)).toEqual([])
  })
})

describe('an original', () => {
  it('may be HTML', async () => {
    const html = '<p class="each team">each team <b>deploys</b>&nbsp;small changes&#32;on <a href="/x?a=1&amp;b=2">every&#x20;single</a> workday</p>'

    expect(await runsIn(NINE, html)).toHaveLength(1)
  })

  it('may be a feed whose HTML is escaped once more', async () => {
    const feed = '<description>&lt;p&gt;each team &lt;em&gt;deploys&lt;/em&gt; small changes&amp;nbsp;on every&amp;#32;single workday&lt;/p&gt;</description>'

    expect(await runsIn(NINE, feed)).toHaveLength(1)
  })

  it('keeps what only looks like an entity', async () => {
    expect(
      await runsIn('a &unknown; thing &#99999999; that stands in both of these texts', 'a &unknown; thing &#99999999; that stands in both of these texts'),
    ).toHaveLength(1)
  })
})

describe('a name of several words', () => {
  const said = 'see how the Kubernetes Maturity Model places a team of developers'

  it('counts as one word, so that naming it is not copying', async () => {
    // Ten words in common, eight with the name as one.
    const common = 'how the Kubernetes Maturity Model places a team of'

    expect(await runsIn(`We ask ${common} operators.`, `They tell ${common} developers.`)).toEqual([])
  })

  it('does not hide a run that is long enough without it', async () => {
    expect(await runsIn(said, said)).toHaveLength(1)
  })

  it('is the same name when the original parts it with markup or a line break', async () => {
    expect(await runsIn(said, 'see how the <b>Kubernetes Maturity Model</b> places a team of developers')).toHaveLength(1)
    expect(await runsIn(said, 'see how the\nKubernetes Maturity\nModel places a team of developers')).toHaveLength(1)
  })
})

describe('reading the originals', () => {
  it('passes over what is in folders below', async () => {
    await writeFile(join(directory.path, 'one.txt'), NINE)
    await mkdir(join(directory.path, 'below'))
    await writeFile(join(directory.path, 'below', 'two.txt'), 'nine other words stand in this file down below here')

    expect((await readOriginals(directory.path)).size).toBe(1)
  })

  it('says that there are none', async () => {
    await expect(readOriginals(directory.path)).rejects.toThrow(`${directory.path} holds no originals`)
  })

  it('says which directory is not there', async () => {
    const missing = readOriginals(join(directory.path, 'gone'))

    await expect(missing).rejects.toBeInstanceOf(UserError)
    await expect(missing).rejects.toThrow(/can't read the originals: .*gone/)
  })
})
