/** A digest as lines for a terminal, and as data for programs. */
import { type DigestContent, isEmpty } from '../digests/content/digest-content.ts'
import { digestText } from '../digests/content/digest-lines.ts'
import { plain, type TextPart } from '../digests/content/digest-text.ts'

export function digestPreview(content: DigestContent, names: ReadonlyMap<string, string>): string {
  const { heading, lines, notes, sources, picture } = digestText(content)
  const read = (parts: readonly TextPart[]) => plain(parts.map((part) => named(part, names)))
  return [
    heading,
    ...notes.map(read),
    '',
    ...lines.flatMap(({ about, parts, buttons }) =>
      about === 'digest' ? [] : [`- ${read(parts)}`, ...buttons.flatMap((button) => (button.kind === 'level' ? [`    ${button.choice.label}`] : []))],
    ),
    ...(sources.length === 0 ? [] : ['', ...sources.map(({ n, title, url }) => `[${n}] ${title}, ${url}`)]),
    ...(picture === undefined ? [] : ['', `Picture: ${picture.alt}`]),
    ...(content.digest.kind === 'organisation' && content.teams.length === 0 ? ['', 'A team agrees to be shown on its page, under “Digests”.'] : []),
    ...(isEmpty(content) ? ['', 'Nothing is new: by itself it would not be sent.'] : []),
    '',
  ].join('\n')
}

function named(part: TextPart, names: ReadonlyMap<string, string>): TextPart {
  return part.kind === 'person' ? { kind: 'text', text: names.get(part.id) ?? 'somebody' } : part
}

/** What it says, without how it is drawn. */
export function previewData(content: DigestContent) {
  const { period, teams, model, items, picture } = content
  return {
    kind: content.digest.kind,
    period,
    teams,
    model: model ?? null,
    empty: isEmpty(content),
    items,
    picture: picture === undefined ? null : { title: picture.title, alt: picture.alt },
    text: digestText(content).lines.flatMap(({ about, parts }) => (about === 'digest' ? [] : [plain(parts)])),
  }
}
