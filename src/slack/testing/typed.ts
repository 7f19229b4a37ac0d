/** How Slack hands on what somebody typed: characters of its own notation escaped, people and channels by id, links in brackets. */
import type { Wire, Workspace } from './world.ts'

/** @param text with `<@U1>` and `<#C1>` for those whom the person picked while typing */
export function encodeTyped(text: string, { users, channels }: Pick<Workspace, 'users' | 'channels'>): string {
  const picked = /(<@[A-Z0-9]+>|<#[A-Z0-9]+>)/
  return text
    .split(picked)
    .map((part) => {
      const id = picked.test(part) ? part.slice(2, -1) : ''
      if (part.startsWith('<@') && users.has(id)) return part
      const channel = channels.get(id)
      if (part.startsWith('<#') && channel !== undefined) return `<#${id}|${channel.name}>`
      return escapeTyped(part).replace(/https?:\/\/\S+/g, (url) => `<${url}>`)
    })
    .join('')
}

export function escapeTyped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The client's own form of a message beside its text. */
export function typedBlocks(text: string, id: string): Wire[] {
  return [{ type: 'rich_text', block_id: id, elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] }]
}
