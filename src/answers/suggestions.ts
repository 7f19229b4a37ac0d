/** What is offered to somebody who doesn't know yet what to ask; together they touch every built-in model. */
export interface Suggestion {
  /** Where there is little room. */
  title: string
  question: string
}

export const SUGGESTIONS: readonly Suggestion[] = [
  { title: 'Access to production', question: 'Who should be able to ssh into prod at level 3?' },
  { title: 'Security at level 2', question: 'What does the KMM expect of security at level 2?' },
  { title: 'Business outcomes', question: 'Which business outcomes come with Fairwinds phase 4?' },
  { title: 'When to use a service mesh', question: 'At what stage does a service mesh make sense?' },
  { title: 'AI-driven operations', question: 'Where does the Plural guide put AI-driven operations?' },
  { title: 'When to measure DORA metrics', question: 'When should a platform team start to measure DORA metrics?' },
]
