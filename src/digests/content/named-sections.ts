/** Sections by the names that tell them apart. */
import { labelsOf } from '../../assessments/results-wording.ts'
import type { NamedSection } from './digest-content.ts'

interface Titled {
  section: string
  title: string
  dimension?: string
}

export function labelOf(section: string, sections: readonly Titled[]): string {
  return labelsOf(sections)[sections.findIndex((each) => each.section === section)] ?? section
}

/** With what is kept of each. */
export function named<Section extends Titled, Kept extends object>(
  sections: readonly Section[],
  keep: (section: Section) => Kept | undefined,
): (NamedSection & Kept)[] {
  const labels = labelsOf(sections)
  return sections.flatMap((section, i) => {
    const kept = keep(section)
    return kept === undefined ? [] : [{ section: section.section, label: labels[i] ?? section.title, ...kept }]
  })
}
