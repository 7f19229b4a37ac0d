// @ts-check
/** A model as a grid: sections down, levels across, in each cell what that level asks for. */
import { el, spoken } from './dom.js'
import { passageHref } from './router.js'
import { stones } from './stones.js'

/** @typedef {import('./api.js').ModelView} ModelView */
/** @typedef {ModelView['sections'][number]} SectionView */
/** @typedef {SectionView['cells'][number]} CellView */

/**
 * The roles repeat what the elements say because on phones the stylesheet lays the table out as blocks,
 * and browsers then forget that it is one.
 * @param {ModelView} model
 */
export function renderGrid(model) {
  const sections = model.sections.filter(({ cells }) => cells.length > 0)
  const groups = Map.groupBy(sections, ({ dimension }) => dimension)
  const table = el(
    'table',
    { class: 'grid', role: 'table' },
    el('caption', { class: 'spoken' }, `${model.title}: sections by ${model.levelWord.toLowerCase()}`),
    renderHead(model),
    ...[...groups].map(([dimension, rows]) => renderGroup(dimension, rows, model)),
  )
  table.style.setProperty('--levels', String(model.levels.length))
  return el('div', { class: 'frame' }, table)
}

/** Passages without a level have no place in the grid. @param {ModelView} model */
export function renderBackground(model) {
  const sections = model.sections.filter(({ introduction, cells }) => introduction && cells.length === 0)
  if (sections.length === 0) return undefined
  const items = sections.map(({ id, title, dimension }) => {
    const label = dimension === null ? title : `${dimension} › ${title}`
    return el('li', {}, el('a', { href: passageHref(`${model.id}/${id}`) }, label))
  })
  return el('section', { class: 'background', 'aria-labelledby': 'background' }, el('h3', { id: 'background' }, 'Background'), el('ul', {}, ...items))
}

/** An imported document has no levels, so no grid: its sections are listed. @param {ModelView} model */
export function renderDocument({ id, title, license, sections }) {
  const heading = `document-${id}`
  const items = sections.map((section) => {
    const label = section.dimension === null ? section.title : `${section.dimension} › ${section.title}`
    return el('li', {}, el('a', { href: passageHref(`${id}/${section.id}`) }, label))
  })
  return el(
    'section',
    { class: 'background', 'aria-labelledby': heading },
    el('h2', { id: heading }, title),
    el('ul', {}, ...items),
    el('p', { class: 'license' }, license),
  )
}

/** @param {ModelView} model */
function renderHead({ levels, levelWord }) {
  const columns = levels.map(({ number, name }) => {
    const label = el('span', {}, el('span', { class: 'number' }, `${levelWord} ${number}`), name !== null && el('span', { class: 'name' }, ` ${name}`))
    return el('th', { scope: 'col', role: 'columnheader' }, el('span', { class: 'level' }, stones(number, levels.length), label))
  })
  const corner = el('th', { scope: 'col', role: 'columnheader' }, spoken('Section'))
  return el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, corner, ...columns))
}

/** @param {string | null} dimension @param {readonly SectionView[]} sections @param {ModelView} model */
function renderGroup(dimension, sections, model) {
  const title = el('th', { class: 'dimension', scope: 'rowgroup', role: 'rowheader', colspan: model.levels.length + 1 }, dimension ?? '')
  const rows = sections.map((section) => renderRow(section, model))
  return el('tbody', { role: 'rowgroup' }, dimension !== null && el('tr', { role: 'row' }, title), ...rows)
}

/** @param {SectionView} section @param {ModelView} model */
function renderRow(section, model) {
  const title = section.introduction ? el('a', { href: passageHref(`${model.id}/${section.id}`) }, section.title) : section.title
  const cells = model.levels.map((level) => {
    const cell = section.cells.find((each) => each.level === level.number)
    return cell === undefined ? el('td', { class: 'empty', role: 'cell' }) : el('td', { role: 'cell' }, renderCell(cell, level, model))
  })
  return el('tr', { role: 'row' }, el('th', { class: 'section', scope: 'row', role: 'rowheader' }, title), ...cells)
}

/**
 * The column names the level already; the cell repeats it only where the section has its own name for it.
 * @param {CellView} cell
 * @param {ModelView['levels'][number]} level
 * @param {ModelView} model
 */
function renderCell(cell, level, model) {
  const ownName = cell.heading === level.heading ? undefined : cell.heading.replace(/^[^:]*:\s*/, '')
  return el(
    'a',
    { href: passageHref(cell.passage), class: 'cell' },
    el('span', { class: 'narrow' }, stones(cell.level, model.levels.length), ownName === undefined ? level.heading : `${model.levelWord} ${cell.level}`),
    ownName !== undefined && el('span', { class: 'own-name' }, ownName),
    el('span', { class: 'indicator' }, cell.indicator ?? cell.heading),
  )
}
