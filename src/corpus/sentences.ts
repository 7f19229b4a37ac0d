/** Sentences are the unit of a quote: each one is a piece of the passage, letter for letter. */

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The segmenter ends a sentence after these although the sentence goes on. */
const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|ca|approx|resp|incl|no|fig|dr|mr|mrs|ms|st)\.$/i

/** The sentences of a text in reading order; a list item's "- " is not part of its sentence. */
export function splitSentences(text: string): string[] {
  return text.split('\n').flatMap((line) => splitLine(line.replace(/^- /, '')))
}

function splitLine(line: string): string[] {
  const sentences: string[] = []
  let open = ''
  for (const { segment } of segmenter.segment(line)) {
    open += segment
    if (ABBREVIATION.test(open.trimEnd())) continue
    if (open.trim() !== '') sentences.push(open.trim())
    open = ''
  }
  if (open.trim() !== '') sentences.push(open.trim())
  return sentences
}
