/** The little linear algebra that fitting directions needs. Matrices are square, row after row. */

/** After so many the axes' share of the lines' lengths no longer grows. */
const ROUNDS = 40

export function sum(vectors: readonly (readonly number[])[], dimensions: number): number[] {
  const total = new Array<number>(dimensions).fill(0)
  for (const vector of vectors) for (let i = 0; i < dimensions; i++) total[i] = (total[i] as number) + (vector[i] as number)
  return total
}

/** XᵀX, row after row. */
export function gram(vectors: readonly (readonly number[])[], size: number): Float64Array {
  const matrix = new Float64Array(size * size)
  for (const vector of vectors) {
    for (let i = 0; i < size; i++) {
      const value = vector[i] as number
      for (let j = 0; j <= i; j++) matrix[i * size + j] = (matrix[i * size + j] as number) + value * (vector[j] as number)
    }
  }
  for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) matrix[i * size + j] = matrix[j * size + i] as number
  return matrix
}

/** The lower triangle L with L·Lᵀ = the symmetric matrix given. */
export function cholesky(matrix: Float64Array): Float64Array {
  const size = Math.sqrt(matrix.length)
  const at = (i: number, j: number) => factor[i * size + j] as number
  const factor = matrix.slice()
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let rest = at(i, j)
      for (let k = 0; k < j; k++) rest -= at(i, k) * at(j, k)
      factor[i * size + j] = i === j ? Math.sqrt(rest) : rest / at(j, j)
    }
  }
  return factor
}

/** x of L·Lᵀ·x = target. */
export function solve(factor: Float64Array, target: readonly number[]): number[] {
  const size = target.length
  const at = (i: number, j: number) => factor[i * size + j] as number
  const result = [...target]
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) result[i] = (result[i] as number) - at(i, k) * (result[k] as number)
    result[i] = (result[i] as number) / at(i, i)
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) result[i] = (result[i] as number) - at(k, i) * (result[k] as number)
    result[i] = (result[i] as number) / at(i, i)
  }
  return result
}

/**
 * The eigenvectors of a symmetric matrix with the largest eigenvalues, by subspace iteration: the axes along which the vectors
 * that it is the gram matrix of reach furthest.
 */
export function principalAxes(matrix: Float64Array, count: number): number[][] {
  const size = Math.sqrt(matrix.length)
  // Any start does that is the same at every run and lies in no axis's plane.
  let axes = orthogonal(Array.from({ length: count }, (_, axis) => Array.from({ length: size }, (_, i) => Math.cos((axis + 1) * (i + 0.5) * (Math.PI / size)))))
  for (let round = 0; round < ROUNDS; round++) axes = orthogonal(axes.map((axis) => times(matrix, axis)))
  return axes
}

function times(matrix: Float64Array, vector: readonly number[]): number[] {
  const size = vector.length
  return vector.map((_, row) => {
    let product = 0
    for (let i = 0; i < size; i++) product += (matrix[row * size + i] as number) * (vector[i] as number)
    return product
  })
}

/** Gram and Schmidt: each of length 1, and none with a part of an earlier one. */
function orthogonal(vectors: readonly (readonly number[])[]): number[][] {
  const done: number[][] = []
  for (const vector of vectors) {
    const rest = [...vector]
    for (const other of done) {
      const shared = other.reduce((product, value, i) => product + value * (rest[i] as number), 0)
      for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) - shared * (other[i] as number)
    }
    const length = Math.hypot(...rest) || 1
    done.push(rest.map((value) => value / length))
  }
  return done
}
