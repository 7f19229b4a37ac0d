/** Takes template tags (Liquid, Hugo, Jinja) out of Markdown, but not out of its code: Helm charts are full of braces. */

const FENCE = /^\s*(`{3,}|~{3,})/
const TAGS = /\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}|\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g
/** Kramdown's attribute lines, and the list item that its table of contents replaces. */
const ATTRIBUTES = /^[*-]\s+.{0,40}\n\{:\s*toc\b[^}]*\}\s*$|^\s*\{:[^}\n]*\}\s*$|^\s*\[\[?_?toc_?\]?\]\s*$/gim

export function withoutTemplateTags(source: string): string {
  const parts: string[] = []
  let prose: string[] = []
  let fence: string | undefined
  const close = () => {
    parts.push(cleanProse(prose.join('\n')))
    prose = []
  }
  for (const line of source.split('\n')) {
    const mark = FENCE.exec(line)?.[1]
    if (fence === undefined && mark === undefined) {
      prose.push(line)
      continue
    }
    if (fence === undefined) {
      close()
      fence = mark
    } else if (mark?.startsWith(fence)) {
      fence = undefined
    }
    parts.push(line)
  }
  close()
  return parts.join('\n')
}

function cleanProse(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((piece, i) => (i % 2 === 1 ? piece : piece.replace(TAGS, '')))
    .join('')
    .replace(ATTRIBUTES, '')
}
