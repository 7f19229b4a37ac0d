// @ts-check
/** A level drawn as a cairn: as many stones as the model has levels, piled up to the level reached. */

const SVG = 'http://www.w3.org/2000/svg'
const SIZE = 24
const GAP = 1.2
/** A pile looks like stones, not like a chart, when no two lie exactly above each other. */
const OFFSETS = [0, 0.9, -0.7, 0.5, -0.4]

/**
 * Decoration only: the level stands beside it in words.
 * @param {number} level
 * @param {number} of
 * @returns {SVGSVGElement}
 */
export function stones(level, of) {
  const svg = document.createElementNS(SVG, 'svg')
  set(svg, { viewBox: `0 0 ${SIZE} ${SIZE}`, class: 'stones', 'aria-hidden': 'true', focusable: 'false' })
  const height = Math.min((SIZE - GAP * (of - 1)) / of, 6)
  const base = SIZE - (SIZE - (height + GAP) * of + GAP) / 2
  for (let i = 0; i < of; i++) {
    const width = 21 - (12 * i) / Math.max(of - 1, 1)
    const stone = document.createElementNS(SVG, 'rect')
    set(stone, {
      x: (SIZE - width) / 2 + (OFFSETS[i % OFFSETS.length] ?? 0),
      y: base - (height + GAP) * i - height,
      width,
      height,
      rx: height / 2,
      class: i + 1 === level ? 'here' : i < level ? 'laid' : 'ahead',
    })
    svg.append(stone)
  }
  return svg
}

/** @param {Element} node @param {Record<string, string | number>} attributes */
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, typeof value === 'number' ? value.toFixed(2) : value)
}
