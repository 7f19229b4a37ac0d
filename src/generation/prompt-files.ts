/** Prompts are Markdown files in `prompts/`: a part for the system, a part for the user, placeholders by name. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ChatPromptTemplate } from '@langchain/core/prompts'
import { UserError } from '../shared/errors.ts'
import type { Prompt } from './chat-model.ts'
import { withoutInvisible } from './source-markers.ts'

const PROMPTS = fileURLToPath(new URL('../../prompts/', import.meta.url))
const PARTS = /^# System\n(?<system>[\s\S]+?)\n# User\n(?<user>[\s\S]+)$/m

export type PromptFile = (values: Readonly<Record<string, string>>) => Promise<Prompt>

/** @throws UserError when the file is missing or has not both parts */
export function loadPrompt(name: string): PromptFile {
  const path = `${PROMPTS}${name}.md`
  let source: string
  try {
    source = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UserError(`the prompt prompts/${name}.md can't be read: put it back`, { cause: error })
  }
  const { system, user } = PARTS.exec(source)?.groups ?? {}
  if (system === undefined || user === undefined) throw new UserError(`prompts/${name}.md needs a heading "# System" and, below, a heading "# User"`)
  // Values are put in as they are: braces in a passage are no placeholders.
  const template = ChatPromptTemplate.fromMessages(
    [
      ['system', system.trim()],
      ['user', user.trim()],
    ],
    { templateFormat: 'mustache' },
  )
  return async (values) => {
    const [first, second] = await template.formatMessages(values)
    return { system: first?.text ?? '', user: second?.text ?? '' }
  }
}

/** Text that others wrote can't close the tag it stands in, nor open one, nor begin a numbered passage, nor say what nobody sees. */
export function asData(text: string): string {
  return withoutInvisible(text)
    .replace(/^(\s*)\[(\d+)\]/gm, '$1($2)')
    .replace(/<(?=\s*\/?\s*(?:passages|question|history|sentences|system|user|assistant)\b)/giu, '‹')
}
