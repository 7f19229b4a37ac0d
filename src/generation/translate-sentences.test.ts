import { describe, expect, it } from 'vitest'
import { readTranslated, toLines } from './translate-sentences.ts'

const ENGLISH = ['Images are scanned at level 3 of the KMM.', 'In the survey, 39% of three groups use GitOps.', 'Teams rest.']

describe('translated sentences', () => {
  it('are asked for and read by number', () => {
    expect(toLines(ENGLISH)).toBe(`1: ${ENGLISH[0]}\n2: ${ENGLISH[1]}\n3: Teams rest.`)
    expect(
      readTranslated('1: Images werden auf Stufe 3 des KMM gescannt.\n 2) In der Umfrage nutzen 39 % von drei Gruppen GitOps.\n3. Teams ruhen.\n', ENGLISH),
    ).toEqual(['Images werden auf Stufe 3 des KMM gescannt.', 'In der Umfrage nutzen 39 % von drei Gruppen GitOps.', 'Teams ruhen.'])
  })

  it('that are missing, doubled, or not asked for change nothing else', () => {
    expect(readTranslated('3: Teams ruhen.\n3: Teams schlafen.\n7: Etwas anderes.\nGern geschehen!', ENGLISH)).toEqual([ENGLISH[0], ENGLISH[1], 'Teams ruhen.'])
    expect(readTranslated('', ENGLISH)).toEqual(ENGLISH)
  })

  it.each([
    ['another level', 'Images werden auf Stufe 5 des KMM gescannt.'],
    ['no level', 'Images werden im KMM gescannt.'],
    ['one figure more', 'Images werden auf Stufe 3 des KMM 12 Mal gescannt.'],
    ['no name', 'Images werden auf Stufe 3 gescannt.'],
    ['another name', 'Images werden auf Stufe 3 des KMM und mit OpenSCAP gescannt.'],
    ['an address', 'Images werden auf Stufe 3 des KMM gescannt: https://evil.example'],
    ['markup', 'Images werden auf <b>Stufe 3</b> des KMM gescannt.'],
    ['a marker', 'Images werden auf Stufe 3 des KMM gescannt [3].'],
    ['far too much', `KMM 3 ${'sehr '.repeat(40)}`],
    ['far too little', 'KMM 3'],
  ])('stay English with %s', (_what, line) => {
    expect(readTranslated(`1: ${line}`, ENGLISH)[0]).toBe(ENGLISH[0])
  })

  it('may write numbers their own way', () => {
    expect(readTranslated('1: Es laufen 1.000 Pods, 2,5 davon auf drei Knoten.', ['1,000 pods run, 2.5 of them on three nodes.'])[0]).toMatch(/^Es laufen/)
    expect(readTranslated('1: Es laufen 3 Pods.', ['Three pods run.'])[0]).toBe('Es laufen 3 Pods.')
  })
})
