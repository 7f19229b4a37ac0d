/** What one part of the bot lets another one's buttons do. Each is handled where the comment says. */
import type { Press } from './reply.ts'

/** `asking`: opens the passage, with its text, place in the model, and link. */
export function openPassage(passage: string): Press {
  return { on: 'passage.open', with: { passage } }
}

/** `asking`: the question, as if it were typed. */
export function askThis(question: string): Press {
  return { on: 'ask.this', with: { question } }
}

/** `asking`: what the two buttons of a `feedback` block do; with words, where the platform asks for them at once. */
export function voteOn(answer: string, vote: 'up' | 'down', comment?: string): Press {
  return { on: 'ask.vote', with: { answer, vote, ...(comment === undefined ? {} : { comment }) } }
}

/** `assessing`: opens the form that asks for what to assess, and for which team. */
export function chooseAssessment(team?: string): Press {
  return { on: 'assess.choose', with: team === undefined ? {} : { team } }
}

/** `assessing`: goes on with a run, where it stands. */
export function goOnWith(run: string): Press {
  return { on: 'assess.go-on', with: { run } }
}

/** `rounds`: opens the form that starts one. */
export function chooseRound(team?: string): Press {
  return { on: 'round.choose', with: team === undefined ? {} : { team } }
}

/** `rounds`: the person's own answers in a round, privately. */
export function answerRound(round: string): Press {
  return { on: 'round.answer', with: { round } }
}

/** `rounds`: no reminders to that person any more, of whatever. */
export function stopReminding(): Press {
  return { on: 'round.mute' }
}

/** `results`: a team's results, for the person alone. */
export function showResults(team: string, model?: string): Press {
  return { on: 'results.show', with: { team, ...(model === undefined ? {} : { model }) } }
}

/** `results`: makes a next step an action of the team; asks for owner and day. */
export function makeAction(team: string, step: { model: string; section: string; passage: string; text: string }): Press {
  return { on: 'action.make', with: { team, model: step.model, section: step.section, passage: step.passage, text: step.text } }
}

/** `results`: the team's actions, to be ticked off. */
export function listActions(team: string): Press {
  return { on: 'action.list', with: { team } }
}

/** `results`: it is done, if it is still that person's who was told of it. What it was pressed in stays. */
export function finishMyAction(team: string, action: string): Press {
  return { on: 'action.done', with: { team, action, mine: true } }
}

/** `results`: asks for another owner or day, if it is still that person's who was told of it. */
export function changeMyAction(team: string, action: string): Press {
  return { on: 'action.change', with: { team, action, mine: true } }
}

/** `results`: opens the team's and the person's settings. */
export function openSettings(team?: string): Press {
  return { on: 'settings.open', with: team === undefined ? {} : { team } }
}
