/** How much a question is like each passage, by whatever measure, and like what is outside the corpus: the two are compared. */
export interface Likeness {
  /** By passage id; passages that nothing speaks for are absent. */
  byPassage: ReadonlyMap<string, number>
  /** The same for the theme outside the corpus that it is like most. */
  outOfScope: number
}
