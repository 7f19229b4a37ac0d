import { describe, expect, it } from 'vitest'
import type { Signal } from '../corpus/signals.ts'
import { createSignalFinder } from './find-signals.ts'

const signal = (name: string, ...phrases: string[]): Signal => ({ name, weight: 1, phrases, levels: new Map() })
const finder = createSignalFinder([
  signal('by hand', 'manual|hand deploy|release', 'kubectl apply laptop'),
  signal('autoscaling', 'hpa', 'pod autoscal*'),
  signal('self-service', 'self-service portal'),
  signal('no monitoring', 'no|without monitoring|alerts'),
])
const found = (claim: string) => finder.find(claim).map(({ signal, denied }) => (denied ? `not ${signal.name}` : signal.name))

describe('find', () => {
  it.each([
    ['Every release is deployed by hand', ['by hand']],
    ['somebody runs kubectl apply from their laptop', ['by hand']],
    ['Deployments are all manual', ['by hand']],
    ['pods are autoscaled', ['autoscaling']],
    ['a portal with self service', ['self-service']],
    ['a self-service portal', ['self-service']],
    ['we run two clusters', []],
  ])('%s', (claim, expected) => {
    expect(found(claim)).toEqual(expected)
  })

  it('wants the words close together', () => {
    expect(found('a manual that explains how our twelve colleagues in another country deploy')).toEqual([])
  })

  it('wants a word of its own for each place of a phrase', () => {
    expect(createSignalFinder([signal('pair', 'tests|test tests|test')]).find('we have a test')).toEqual([])
  })

  it('tells what is denied from what a phrase itself denies', () => {
    expect(found('there is no HPA yet')).toEqual(['not autoscaling'])
    expect(found('an HPA is not set up')).toEqual(['not autoscaling'])
    expect(found('we have no monitoring')).toEqual(['no monitoring'])
  })

  it('takes a signal that is said and denied as said', () => {
    expect(found('no HPA in dev, with the exception of the shop, whose namespace has an HPA')).toEqual(['autoscaling'])
  })
})
