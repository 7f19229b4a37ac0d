import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCorpus } from './corpus/check-corpus.ts'
import { parseModelFile } from './corpus/parse-model-file.ts'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

describe('the README', () => {
  it('shows a model file that passes the check as it stands', () => {
    const example = /```markdown\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const file = parseModelFile(example, 'acme.md')
    expect(checkCorpus([file])).toEqual([])
    expect(file.passages.map((passage) => passage.id)).toEqual(['acme/on-call/1', 'acme/on-call/2'])
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(11)
  })

  it('maps every folder of src, and no other', () => {
    const mapped = [...readme.matchAll(/^\| `src\/([\w-]+)`/gm)].map((match) => match[1]).toSorted()
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect(mapped).toEqual(folders.toSorted())
  })

  it('names only files that exist', () => {
    const named = [...readme.matchAll(/`((?:src|corpus|eval)\/[\w./-]+)`|\((src\/[\w./-]+)\)/g)].map((match) => (match[1] ?? match[2]) as string)
    expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([])
  })

  it('gives two commands', () => {
    expect(readme).toContain('npm ci && npm start')
    expect(readme).toContain('npm ci && npm test')
  })
})
