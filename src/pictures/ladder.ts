/** The stages of a staged model as a pile of stones: the first lies at the bottom, and the one reached stands out. */
import { oneLine, shorten } from './labels.ts'
import { ACCENT, EDGE, INK, INK_SOFT, STONE, STONE_TOP } from './paints.ts'
import { createPicture, MARGIN, type Picture, TOP } from './picture.ts'
import { type Drawn, element, text } from './scene.ts'

export type StageState = 'in-place' | 'partly' | 'not-yet' | 'unknown'

export interface Ladder {
  title: string
  /** From the first on. */
  stages: readonly { name: string; state: StageState }[]
  /** The number of the highest stage reached; 0 for none, `undefined` where that is not known. */
  reached: number | undefined
  /** How the model calls its stages. */
  stageWord?: string
}

const WIDTH = 640
const ROW = 46
export const STONE_SIZE = { widest: 200, narrowest: 84, height: 36 }
const TEXT_LEFT = MARGIN + STONE_SIZE.widest + 24
const SIZE = 14
const SMALL = 12

const WORDS: Readonly<Record<StageState, string>> = { 'in-place': 'in place', partly: 'partly in place', 'not-yet': 'not yet', unknown: 'not answered' }

export function ladder(data: Ladder): Picture {
  const { stages, reached } = data
  const bottom = TOP + Math.max(1, stages.length) * ROW
  return createPicture({
    title: data.title,
    alt: inWords(data),
    width: WIDTH,
    height: bottom + MARGIN + 26,
    elements: [
      ...stages.flatMap((stage, i) => step(stage, i, data)),
      text(MARGIN, bottom + 26, reachedText(data), { size: SIZE, weight: 'bold', fill: reached === undefined ? INK_SOFT : INK }),
    ],
  })
}

/** A little narrower with each stage, as stones are piled. */
export function stoneWidth(index: number, count: number): number {
  return count <= 1 ? STONE_SIZE.widest : STONE_SIZE.widest - ((STONE_SIZE.widest - STONE_SIZE.narrowest) * index) / (count - 1)
}

function step({ name, state }: Ladder['stages'][number], index: number, { stages, reached }: Ladder): Drawn[] {
  const y = TOP + (stages.length - 1 - index) * ROW
  const width = stoneWidth(index, stages.length)
  const x = MARGIN + (STONE_SIZE.widest - width) / 2
  const isReached = index + 1 === reached
  const room = WIDTH - MARGIN - TEXT_LEFT
  return [
    ...stone(state, x, y, width, isReached),
    text(TEXT_LEFT, y + 16, shorten(`${index + 1}  ${oneLine(name)}`, room, SIZE, isReached ? 'bold' : 'regular'), {
      size: SIZE,
      weight: isReached ? 'bold' : 'regular',
      fill: INK,
    }),
    text(TEXT_LEFT, y + 33, isReached ? `${WORDS[state]} · reached` : WORDS[state], { size: SMALL, fill: state === 'in-place' ? ACCENT : INK_SOFT }),
  ]
}

/** Full, half full, empty, or dashed: told apart without color. */
function stone(state: StageState, x: number, y: number, width: number, isReached: boolean): Drawn[] {
  const paint = isReached ? STONE_TOP : STONE
  const outline = { x: x + 1, y: y + 1, width: width - 2, height: STONE_SIZE.height - 2, rx: STONE_SIZE.height / 2 - 1 }
  const edge = { fill: 'none', stroke: state === 'partly' ? paint : EDGE, 'stroke-width': 2 }
  switch (state) {
    case 'in-place':
      return [element('rect', { ...outline, fill: paint, stroke: paint, 'stroke-width': 2 })]
    case 'partly':
      return [element('path', { d: lowerHalf(outline), fill: paint }), element('rect', { ...outline, ...edge })]
    case 'not-yet':
      return [element('rect', { ...outline, ...edge })]
    case 'unknown':
      return [element('rect', { ...outline, ...edge, 'stroke-dasharray': '4 4' })]
    default:
      return state satisfies never
  }
}

function lowerHalf({ x, y, width, height, rx }: { x: number; y: number; width: number; height: number; rx: number }): string {
  return `M${x} ${y + height / 2}H${x + width}A${rx} ${rx} 0 0 1 ${x + width - rx} ${y + height}H${x + rx}A${rx} ${rx} 0 0 1 ${x} ${y + height / 2}Z`
}

function reachedText({ stages, reached, stageWord = 'Stage' }: Ladder): string {
  if (reached === undefined) return `${stageWord} reached: not known yet`
  if (reached === 0) return `No ${stageWord.toLowerCase()} is reached yet`
  return `${stageWord} ${reached} of ${stages.length} is reached`
}

function inWords(data: Ladder): string {
  const word = (data.stageWord ?? 'Stage').toLowerCase()
  const stages = data.stages.map(({ name, state }, i) => `${i + 1} ${oneLine(name)}: ${WORDS[state]}.`)
  const size = `${data.stages.length} ${word}${data.stages.length === 1 ? '' : 's'}`
  return [`${oneLine(data.title)}. Ladder of ${size}, the first at the bottom.`, `${reachedText(data)}.`, ...stages].join(' ')
}
