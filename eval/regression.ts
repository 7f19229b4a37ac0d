/** Logistic regression with a little shrinkage, by gradient descent from zero: the same data gives the same model. */

export interface Sample<Name extends string> {
  features: Readonly<Record<Name, number>>
  /** 1 or 0. */
  target: number
  /** How much it counts. */
  share: number
}

export interface Logistic<Name extends string> {
  weights: Record<Name, number>
  bias: number
}

const SHRINKAGE = 0.005
const STEPS = 4000
const RATE = 0.5

export function fitLogistic<Name extends string>(names: readonly Name[], samples: readonly Sample<Name>[]): Logistic<Name> {
  const weights = names.map(() => 0)
  let bias = 0
  const rows = samples.map(({ features, target, share }) => ({ values: names.map((name) => features[name]), target, share }))
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight) => SHRINKAGE * weight)
    let drift = 0
    for (const { values, target, share } of rows) {
      const sum = values.reduce((total, value, i) => total + value * (weights[i] as number), bias)
      const error = (1 / (1 + Math.exp(-sum)) - target) * share
      for (let i = 0; i < values.length; i++) gradient[i] = (gradient[i] as number) + error * (values[i] as number)
      drift += error
    }
    for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] as number) - RATE * (gradient[i] as number)
    bias -= RATE * drift
  }
  const rounded = (value: number) => Math.round(value * 1000) / 1000
  return { weights: Object.fromEntries(names.map((name, i) => [name, rounded(weights[i] as number)])) as Record<Name, number>, bias: rounded(bias) }
}
