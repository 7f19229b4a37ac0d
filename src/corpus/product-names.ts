/** Products, projects and organisations of the field, one word each, small: `corpus/product-names.txt`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUILT_IN_CORPUS } from './load-corpus.ts'

let names: ReadonlySet<string> | undefined

/** Read once, at the first question that asks for a name. */
export function productNames(): ReadonlySet<string> {
  names ??= new Set(
    readFileSync(join(BUILT_IN_CORPUS, 'product-names.txt'), 'utf8')
      .replace(/^#.*$/gm, '')
      .split(/\s+/)
      .filter((name) => name !== ''),
  )
  return names
}
