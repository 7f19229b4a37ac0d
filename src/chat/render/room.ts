/** How much of something there is, or may be, by everything that a platform counts: characters and bytes, or blocks and characters. */

export type Room<Measure extends string> = Readonly<Record<Measure, number>>

export function plus<M extends string>(a: Room<M>, b: Room<M>): Room<M> {
  return each(a, (size, measure) => size + b[measure])
}

export function minus<M extends string>(a: Room<M>, b: Room<M>): Room<M> {
  return each(a, (size, measure) => size - b[measure])
}

export function half<M extends string>(room: Room<M>): Room<M> {
  return each(room, (size) => size / 2)
}

export function fits<M extends string>(size: Room<M>, room: Room<M>): boolean {
  return measuresOf(size).every((measure) => size[measure] <= room[measure])
}

function each<M extends string>(room: Room<M>, change: (size: number, measure: M) => number): Room<M> {
  return Object.fromEntries(measuresOf(room).map((measure) => [measure, change(room[measure], measure)])) as Room<M>
}

function measuresOf<M extends string>(room: Room<M>): M[] {
  return Object.keys(room) as M[]
}
