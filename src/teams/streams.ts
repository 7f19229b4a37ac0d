/** Which conversations an answer is being written in: Teams shows one at a time in each. */

export interface Streams {
  /** @returns what ends it; undefined while there is another one */
  begin(place: string): (() => void) | undefined
}

export function createStreams(): Streams {
  const open = new Set<string>()
  return {
    begin(place) {
      if (open.has(place)) return undefined
      open.add(place)
      return () => void open.delete(place)
    },
  }
}
