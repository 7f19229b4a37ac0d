/** What a surface shows after each step of an assessment: data, rendered by the page, the terminal and the chat platforms. */
import type { Answer as GivenAnswer } from '../answers/answer.ts'
import type { Question } from './catalogue.ts'
import type { Progress } from './course.ts'
import type { AnswerValue, Run } from './records.ts'

export type View =
  | {
      kind: 'question'
      question: Question
      progress: Progress
      /** When it is answered anew. */
      before?: AnswerValue
    }
  /** "That sounds like level 3: «indicator»": to be confirmed or changed. */
  | { kind: 'proposal'; question: Question; progress: Progress; said: string; level: number; label: string; indicator: string; passage: string }
  /** One question that tells the two likeliest levels apart. */
  | { kind: 'clarification'; question: Question; progress: Progress; ask: string }
  /** "Not applicable": why, in a few words. */
  | { kind: 'reason'; question: Question; progress: Progress }
  | { kind: 'paused'; progress: Progress }
  | { kind: 'finished' }
  | { kind: 'abandoned' }

export type Notice =
  /** What was pressed belongs to an earlier state; nothing was recorded. */
  | 'moved-on'
  /** Pressed twice, or delivered twice: it counts once. */
  | 'already-recorded'
  /** Done by another team is still done: the question stays. */
  | 'others-count'
  /** There is nothing before this. */
  | 'at-the-start'
  /** The round of this run is closed: answers no longer count. */
  | 'round-closed'
  /** The model has changed so much that this question is gone. */
  | 'question-gone'

export interface Turn {
  run: Run
  view: View
  notice?: Notice
  /** The answer to a question that was asked in between. */
  aside?: GivenAnswer
}
