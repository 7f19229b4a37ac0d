/** The buttons that stand under what every platform shows, in the same words on each. */
import { voteOn } from '../presses.ts'
import type { Button, Menu, Source } from '../reply.ts'

/** What opens the passages: a button for each, with what it says to those who can't see. */
export function passageButtons(sources: readonly Source[]): { button: Button; spoken: string }[] {
  return sources.map(({ n, title, open }) => ({ button: { kind: 'button', label: `[${n}]`, press: open }, spoken: `Open passage ${n}: ${title}` }))
}

/** Where there are too many for buttons. */
export function passageMenu(sources: readonly Source[]): Menu {
  return { kind: 'menu', label: 'Open a passage', options: sources.map(({ n, title, open }) => ({ label: `[${n}] ${title}`, press: open })) }
}

/** For and against. */
export function voteButtons(answer: string): [Button, Button] {
  return [
    { kind: 'button', label: 'Helpful', press: voteOn(answer, 'up') },
    { kind: 'button', label: 'Not helpful', press: voteOn(answer, 'down') },
  ]
}

export function inGroupsOf<T>(most: number, items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, i) => items.slice(i * most, (i + 1) * most))
}
