/** Reminding many takes minutes; the next time must not do the same beside it. */
export function unlessUnderWay(work: () => Promise<void>): () => Promise<void> {
  let underWay = false
  return async () => {
    if (underWay) return
    underWay = true
    try {
      await work()
    } finally {
      underWay = false
    }
  }
}
