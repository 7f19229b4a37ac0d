/** A logistic model of a few named measurements: small enough to be read, and to be kept as a data file. */

export interface LogisticModel<Name extends string> {
  weights: Readonly<Record<Name, number>>
  bias: number
  /** From this probability on the answer is yes. */
  threshold: number
}

export function probabilityOf<Name extends string>(features: Readonly<Record<Name, number>>, { weights, bias }: LogisticModel<Name>): number {
  const sum = (Object.keys(weights) as Name[]).reduce((total, name) => total + features[name] * weights[name], bias)
  return 1 / (1 + Math.exp(-sum))
}
