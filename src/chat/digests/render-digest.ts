/** A digest as a message: its lines, each beside what can be done about it, the picture, and what can be done about the digest. */
import type { DigestContent } from '../../digests/content/digest-content.ts'
import { digestText } from '../../digests/content/digest-lines.ts'
import type { DigestButton, DigestLine, DigestSource } from '../../digests/content/digest-text.ts'
import type { Digest } from '../../digests/records.ts'
import { answerRound, chooseAssessment, listActions, makeAction, openPassage, showResults } from '../presses.ts'
import { type Block, type Button, type Press, type Reply, type Source, strong, words } from '../reply.ts'
import { button } from '../simple-blocks.ts'

const FILE = 'digest.png'

/**
 * @param sentence a chat model's, checked against the content
 * @param isSetUp whether there is something to mute and to change
 */
export function renderDigest(content: DigestContent, sentence?: string, isSetUp = true): Reply {
  const { digest, picture } = content
  const { summary, heading, sentence: said, notes, lines, sources } = digestText(content, sentence)
  const about = lines.filter((line) => line.about !== 'digest')
  return {
    summary,
    blocks: [
      { kind: 'heading', text: heading },
      ...(said === undefined ? [] : [{ kind: 'text', parts: [words(said)] } as const]),
      ...about.flatMap((line) => lineBlocks(line, content)),
      ...(sources.length === 0 ? [] : [{ kind: 'sources', items: sources.map(sourceOf) } as const]),
      ...(picture === undefined
        ? []
        : [
            {
              kind: 'picture',
              picture: { title: picture.title, alt: picture.alt, file: FILE, png: (longestSide?: number) => picture.png('light', longestSide) },
            } as const,
          ]),
      ...notes.map((parts): Block => ({ kind: 'note', parts })),
      ...(isSetUp ? aboutBlocks(digest, lines) : []),
    ],
  }
}

/** Silence is what somebody wants most who wants anything here, so it is one press away. */
function aboutBlocks({ id }: Digest, lines: readonly DigestLine[]): Block[] {
  const of = { digest: id }
  const items = [
    button('Mute', { on: 'digest.mute', with: of }),
    button('Change', { on: 'digest.edit', with: of }),
    button('Why am I getting this?', { on: 'digest.why', with: of }),
  ]
  return [...lines.filter(({ about }) => about === 'digest').map(({ parts }): Block => ({ kind: 'note', parts })), { kind: 'buttons', items }]
}

function lineBlocks({ parts, buttons }: DigestLine, content: DigestContent): Block[] {
  const shown = buttons.flatMap((each) => buttonOf(each, content))
  const [only] = shown
  if (only === undefined) return [{ kind: 'text', parts }]
  if (shown.length === 1) return [{ kind: 'option', parts, button: only }]
  const [first] = buttons
  const meaning = first?.kind === 'level' ? [button('What these say', { on: 'digest.levels', with: { model: first.model, section: first.section } })] : []
  return [
    { kind: 'text', parts },
    { kind: 'buttons', items: [...shown, ...meaning] },
  ]
}

function buttonOf(each: DigestButton, content: DigestContent): Button[] {
  const [team] = content.teams
  if (team === undefined) return []
  switch (each.kind) {
    case 'level':
      return [button(levelLabel(each, content), levelPress(each, team.id, content))]
    case 'assess':
      return [button('Assess', chooseAssessment(team.id))]
    case 'make-action':
      return [button('Make it an action', makeAction(team.id, each))]
    case 'open-actions':
      return [button('Actions', listActions(team.id))]
    case 'answer-round':
      return [button(`Answer “${each.name}”`, answerRound(each.round))]
    case 'show-results':
      return [button('Results', showResults(team.id, each.model))]
    // They stand at the end of the message.
    case 'mute':
    case 'change':
    case 'why':
      return []
  }
}

type LevelButton = Extract<DigestButton, { kind: 'level' }>

/** What stands is what is confirmed most often. */
function levelLabel({ section, choice }: LevelButton, { items }: DigestContent): string {
  const stands = items.some((item) => item.kind === 'stale-question' && item.section === section && item.level === choice.level)
  return stands ? `Still ${choice.label}` : choice.label
}

/** The same message is known by when it was put together: whoever presses twice in it changes their mind. */
function levelPress({ model, section, choice }: LevelButton, team: string, { digest, at }: DigestContent): Press {
  return { on: 'digest.reassess', with: { team, model, section, level: choice.level, asked: `${digest.id} ${at}` } }
}

function sourceOf({ n, title, quote, url, passage }: DigestSource): Source {
  return { n, title, quote, url, open: openPassage(passage) }
}

/** Before what is only shown to one person. */
export function asPreview(reply: Reply): Reply {
  const note: Block = { kind: 'text', parts: [strong('Preview. '), words('Only you see this.')] }
  return { summary: `Preview: ${reply.summary}`, blocks: [note, ...reply.blocks] }
}
