/** An answer about something of a tenant, kept for a while; what fails is not kept. */

const MOST = 20_000

export function remember<T>(
  ms: number,
  find: (tenant: string, id: string) => Promise<T>,
  now: () => number = Date.now,
): (tenant: string, id: string) => Promise<T> {
  const known = new Map<string, { until: number; answer: Promise<T> }>()
  return (tenant, id) => {
    const key = `${tenant} ${id}`
    const before = known.get(key)
    if (before !== undefined && before.until > now()) return before.answer
    const answer = find(tenant, id)
    known.delete(key)
    known.set(key, { until: now() + ms, answer })
    answer.catch(() => known.get(key)?.answer === answer && known.delete(key))
    const [oldest] = known.keys()
    if (known.size > MOST && oldest !== undefined) known.delete(oldest)
    return answer
  }
}
