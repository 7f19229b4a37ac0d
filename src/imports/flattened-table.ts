/** A table of two columns that was copied as text: each cell on a line of its own, an empty one as a further blank line. */
import type { Paragraph } from './paragraphs.ts'

/** One item a row, "left: right"; the column names go, since each row reads without them. */
export function flattenedTable(paragraphs: readonly Paragraph[]): string[] {
  const [, secondName, ...body] = paragraphs
  if (secondName === undefined) return []
  const cells = body.flatMap(({ text, blankLinesBefore }) => [...Array.from({ length: Math.max(0, blankLinesBefore - 1) }, () => ''), text])
  // The columns of a table that is repeated would be read as one of its rows.
  const names = [paragraphs[0]?.text, secondName.text]
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, i) => cells.slice(i * 2, i * 2 + 2))
  return rows
    .filter((row) => row.join('\n') !== names.join('\n'))
    .map((row) =>
      row
        .filter((cell) => cell !== '')
        .join(': ')
        .replace(/::/g, ':'),
    )
    .filter((row) => row !== '')
}
