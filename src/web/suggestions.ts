/** What the page offers to somebody who doesn't know yet what to ask; together they touch every built-in model. */
export const SUGGESTIONS: readonly string[] = [
  'Who should be able to ssh into prod at level 3?',
  'What does the KMM expect of security at level 2?',
  'Which business outcomes come with Fairwinds phase 4?',
  'At what stage does a service mesh make sense?',
  'Where does the Plural guide put AI-driven operations?',
  'When should a platform team start to measure DORA metrics?',
]
