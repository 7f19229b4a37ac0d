/** Teams' own form of sources: what stands behind the numbers in a message. */

import { cut, oneLine, shortLabel } from '../../chat/render/clean-text.ts'
import { safeUrl } from '../../chat/render/safe-link.ts'
import type { Source } from '../../chat/reply.ts'

/** The one entity that says of the whole message what it is. */
export interface AnswerEntity {
  type: 'https://schema.org/Message'
  '@type': 'Message'
  '@context': 'https://schema.org'
  '@id': ''
  additionalType: ['AIGeneratedContent']
  citation?: Claim[]
}

export interface Claim {
  '@type': 'Claim'
  position: number
  appearance: { '@type': 'DigitalDocument'; name: string; abstract: string; url?: string }
}

/** Further ones are text: Teams refuses a message with too many. */
const MOST = 10
const LONGEST_NAME = 80
const LONGEST_ABSTRACT = 160
const LONGEST_URL = 1000

/** @param text in which the numbers stand; a source that it doesn't name has nothing to point from */
export function answerEntity(sources: readonly Source[], text: string): AnswerEntity {
  const cited = new Map(sources.filter(({ n }) => Number.isInteger(n) && n > 0 && text.includes(`[${n}]`)).map((source) => [source.n, source]))
  const citation = [...cited.values()].slice(0, MOST).map(claim)
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    additionalType: ['AIGeneratedContent'],
    ...(citation.length === 0 ? {} : { citation }),
  }
}

function claim({ n, title, quote, url }: Source): Claim {
  const name = shortTitle(title) || `Source ${n}`
  const safe = safeUrl(url)
  return {
    '@type': 'Claim',
    position: n,
    appearance: {
      '@type': 'DigitalDocument',
      name,
      abstract: cut(oneLine(quote), LONGEST_ABSTRACT) || name,
      ...(safe === undefined || safe.length > LONGEST_URL ? {} : { url: safe }),
    },
  }
}

/** "Model › … › Level 3": what tells passages apart stands at the end of their titles. */
function shortTitle(title: string): string {
  const [first = '', ...rest] = oneLine(title).split(' › ')
  for (let from = 0; from < rest.length; from++) {
    const short = [first, ...(from === 0 ? [] : ['…']), ...rest.slice(from)].join(' › ')
    if (short.length <= LONGEST_NAME) return short
  }
  return shortLabel(title, LONGEST_NAME)
}
