/** Fits a small logistic model: gradient descent on scaled measurements, with a little shrinkage, both classes weighed alike. */
import { type LogisticModel, probabilityOf } from '../src/shared/logistic.ts'

const SHRINKAGE = 0.002
const STEPS = 1500
const RATE = 1

export interface Sample<Name extends string> {
  features: Readonly<Record<Name, number>>
  positive: boolean
}

/**
 * The same samples give the same model; its threshold is left at 0.5.
 * @param against the measurements that may only speak against; with it, all others may only speak for
 * @param shrinkage more of it for many measurements that say much the same
 */
export function fitLogistic<Name extends string>(
  names: readonly Name[],
  samples: readonly Sample<Name>[],
  against?: readonly Name[],
  shrinkage = SHRINKAGE,
): LogisticModel<Name> {
  const allowed = (name: Name, weight: number) => (against === undefined ? weight : against.includes(name) ? Math.min(0, weight) : Math.max(0, weight))
  const record = (value: (name: Name) => number) => Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, number>
  const center = record((name) => mean(samples.map(({ features }) => features[name])))
  const spread = record((name) => Math.sqrt(mean(samples.map(({ features }) => (features[name] - center[name]) ** 2))) || 1)
  const scaled = samples.map(({ features, positive }) => ({ positive, features: record((name) => (features[name] - center[name]) / spread[name]) }))

  const weights = record(() => 0)
  const model = { weights, bias: 0, threshold: 0.5 }
  const positives = samples.filter((sample) => sample.positive).length
  const shareOf = (positive: boolean) => 0.5 / (positive ? positives : samples.length - positives)
  for (let step = 0; step < STEPS; step++) {
    const errors = scaled.map(({ features, positive }) => ({ features, error: (probabilityOf(features, model) - (positive ? 1 : 0)) * shareOf(positive) }))
    for (const name of names) {
      const gradient = errors.reduce((sum, { features, error }) => sum + error * features[name], shrinkage * weights[name])
      weights[name] = allowed(name, weights[name] - RATE * gradient)
    }
    model.bias -= RATE * errors.reduce((sum, { error }) => sum + error, 0)
  }
  const unscaled = record((name) => weights[name] / spread[name])
  return { weights: unscaled, bias: names.reduce((sum, name) => sum - unscaled[name] * center[name], model.bias), threshold: 0.5 }
}

/** As it is kept in a file. */
export function rounded<Name extends string>({ weights, bias, threshold }: LogisticModel<Name>): LogisticModel<Name> {
  const entries = (Object.entries(weights) as [Name, number][]).map(([name, value]) => [name, round(value)])
  return { weights: Object.fromEntries(entries) as Record<Name, number>, bias: round(bias), threshold: round(threshold) }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
