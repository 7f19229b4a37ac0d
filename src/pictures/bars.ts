/** The profile of a team as horizontal bars, for the one or two sections that make no radar. */
import { fontOf } from './font.ts'
import { shorten, wrap } from './labels.ts'
import { levelText, middleOf, namedLevels } from './levels.ts'
import { LEGEND_ROW, legend, line, mark, NOW, OPEN_MARK, PREVIOUS_LINE, TARGET_LINE } from './marks.ts'
import { ACCENT, EDGE, INK, INK_SOFT, LINE, SUNKEN } from './paints.ts'
import { createPicture, MARGIN, type Picture, TOP } from './picture.ts'
import { hasOpen, hasPrevious, hasTargets, type Profile, type ProfileAxis, profileText } from './profile.ts'
import { type Drawn, element, text } from './scene.ts'

const WIDTH = 640
const ROW = 58
export const BAR = { left: MARGIN, width: WIDTH - 2 * MARGIN, height: 14 }

export function bars(profile: Profile): Picture {
  const { axes, levels, levelNames } = profile
  const below = TOP + Math.max(1, axes.length) * ROW + 34
  const key = legend(
    [
      ...(hasTargets(axes) ? [{ style: TARGET_LINE, label: 'Target' }] : []),
      ...(hasPrevious(axes) ? [{ style: PREVIOUS_LINE, label: 'Last round' }] : []),
      ...(hasOpen(axes) ? [{ style: OPEN_MARK, label: 'No level: not answered or not applicable' }] : []),
    ],
    MARGIN,
    below,
    BAR.width,
  )
  const scale = levelNames === undefined ? [] : wrap(namedLevels(levels, levelNames), ' · ', BAR.width, 12)
  return createPicture({
    title: profile.title,
    alt: profileText('Bars', profile),
    width: WIDTH,
    height: below + key.height + scale.length * LEGEND_ROW + MARGIN - 12,
    elements: [
      ...(axes.length === 0 ? [text(MARGIN, TOP + 24, 'Nothing to show yet.', { fill: INK_SOFT })] : []),
      ...axes.flatMap((axis, i) => bar(axis, TOP + i * ROW, levels)),
      ...(axes.length === 0 ? [] : ticks(TOP + axes.length * ROW, levels)),
      ...key.elements,
      ...scale.map((content, i) => text(MARGIN, below + key.height + 4 + i * LEGEND_ROW, content, { size: 12, fill: INK_SOFT })),
    ],
  })
}

const xOf = (level: number, levels: number) => BAR.left + (BAR.width * level) / levels

function bar({ label, value, target, previous }: ProfileAxis, top: number, levels: number): Drawn[] {
  const y = top + 22
  const middle = y + BAR.height / 2
  const shown = value === undefined ? '–' : levelText(value)
  const name = shorten(label, BAR.width - fontOf('bold').widthOf(shown, 13) - 12, 13)
  const track = { x: BAR.left, y, width: BAR.width, height: BAR.height, rx: 4 }
  const open = { ...track, fill: 'none', stroke: EDGE, 'stroke-dasharray': '3 4' }
  return [
    text(BAR.left, top + 12, name, { fill: INK }),
    text(BAR.left + BAR.width, top + 12, shown, { weight: 'bold', anchor: 'end', fill: value === undefined ? INK_SOFT : ACCENT }),
    ...(value === undefined
      ? [element('rect', open), mark(OPEN_MARK.shape, { x: BAR.left + BAR.height, y: middle }, OPEN_MARK.paint)]
      : [
          element('rect', { ...track, fill: SUNKEN }),
          element('rect', { ...track, width: xOf(middleOf(value), levels) - BAR.left, fill: ACCENT }),
          ...(typeof value === 'object'
            ? [
                line(
                  [
                    { x: xOf(value.low, levels), y: middle },
                    { x: xOf(value.high, levels), y: middle },
                  ],
                  { ...NOW, width: 5 },
                ),
              ]
            : []),
        ]),
    ...(previous === undefined ? [] : [mark('square', { x: xOf(middleOf(previous), levels), y: middle }, PREVIOUS_LINE.paint)]),
    ...(target === undefined ? [] : [mark('diamond', { x: xOf(middleOf(target), levels), y: middle }, TARGET_LINE.paint)]),
  ]
}

function ticks(top: number, levels: number): Drawn[] {
  return Array.from({ length: levels }, (_, i) => xOf(i + 1, levels)).flatMap((x, i) => [
    element('path', { d: `M${x} ${top - 12}V${top - 6}`, stroke: LINE, 'stroke-width': 1 }),
    text(x, top + 8, String(i + 1), { size: 11, anchor: i + 1 === levels ? 'end' : 'middle', fill: INK_SOFT }),
  ])
}
