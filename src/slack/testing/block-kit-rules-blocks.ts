/** Slack's documented limits on blocks, and where each may stand. */
import { anyText, buttonElement, imageElement, inActions, inContext, inContextActions, inInput, inSection, plainText } from './block-kit-rules-elements.ts'
import { richText } from './block-kit-rules-rich-text.ts'
import {
  booleanRule,
  every,
  type Fields,
  isObject,
  listOf,
  numberRule,
  objectOf,
  oneOf,
  type Rule,
  type Surface,
  textRule,
  together,
  typed,
  urlRule,
} from './block-kit-rules-shape.ts'

const type = textRule()
const blockId: Fields = { block_id: textRule({ most: 255 }) }

function block(required: Fields, optional: Fields = {}): Rule {
  return objectOf({ type, ...required }, { ...blockId, ...optional })
}

const rawText = objectOf({ type, text: textRule() })
const rawNumber = objectOf({ type, value: numberRule({ whole: false }), text: textRule() })
const cell = typed({ raw_text: rawText, raw_number: rawNumber, rich_text: richText })
const evenRows = together(({ rows }) => {
  const lengths = Array.isArray(rows) ? rows.map((row) => (Array.isArray(row) ? row.length : 0)) : []
  return new Set(lengths).size > 1 ? 'has rows of different lengths' : undefined
})
const columnSetting: Rule = (value, at, inspection) => {
  if (value !== null) objectOf({}, { align: oneOf('left', 'center', 'right'), is_wrapped: booleanRule })(value, at, inspection)
}

const section = every(
  block({}, { text: anyText(3000), fields: listOf(anyText(2000), { most: 10 }), accessory: inSection, expand: booleanRule }),
  together((value) => (value.text === undefined && value.fields === undefined ? 'must have text or fields' : undefined)),
)
const input = every(
  block({ label: plainText(2000), element: inInput }, { hint: plainText(2000), optional: booleanRule, dispatch_action: booleanRule }),
  together(({ element, dispatch_action }) =>
    isObject(element) && element.type === 'file_input' && dispatch_action === true ? 'must not dispatch a file' : undefined,
  ),
)
const picture = every(
  block({ alt_text: textRule({ most: 2000 }) }, { title: plainText(2000), image_url: urlRule(), slack_file: objectOf({}, { id: textRule(), url: urlRule() }) }),
  together((value) => ((value.image_url === undefined) === (value.slack_file === undefined) ? 'must have either image_url or slack_file' : undefined)),
)
const table = every(block({ rows: listOf(listOf(cell, { most: 20 }), { most: 100 }) }, { column_settings: listOf(columnSetting, { most: 20 }) }), evenRows)
const dataTable = every(
  block(
    { rows: listOf(listOf(cell, { most: 20 }), { least: 2, most: 101 }), caption: textRule() },
    { page_size: numberRule({ least: 1, most: 100 }), row_header_column_index: numberRule({ least: 0, most: 19 }) },
  ),
  evenRows,
)
const card = every(
  block(
    {},
    {
      hero_image: imageElement,
      icon: imageElement,
      title: anyText(150),
      subtitle: anyText(150),
      body: anyText(200),
      actions: listOf(typed({ button: buttonElement }), { most: 3 }),
    },
  ),
  together((value) =>
    ['hero_image', 'title', 'actions', 'body'].every((name) => value[name] === undefined) ? 'must have a picture, title, body or actions' : undefined,
  ),
)
const taskCard = block(
  { task_id: textRule(), title: textRule(), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  { details: richText, output: richText, sources: listOf(objectOf({ type: oneOf('url'), url: urlRule(), text: textRule() })) },
)

const chartLabel = textRule({ most: 20 })
const chartPoint = objectOf({ label: chartLabel, value: numberRule({ whole: false }) })
const seriesChart = objectOf({
  type,
  series: listOf(objectOf({ name: chartLabel, data: listOf(chartPoint, { most: 20 }) }), { most: 12 }),
  axis_config: objectOf({ categories: listOf(chartLabel, { most: 20 }) }, { x_label: textRule({ most: 50 }), y_label: textRule({ most: 50 }) }),
})
const chart = typed({ line: seriesChart, bar: seriesChart, area: seriesChart, pie: objectOf({ type, segments: listOf(chartPoint, { most: 12 }) }) })

const simple: Record<string, Rule> = {
  actions: block({ elements: listOf(inActions, { most: 25 }) }),
  context: block({ elements: listOf(inContext, { most: 10 }) }),
  divider: block({}),
  header: block({ text: plainText(150) }, { level: numberRule({ least: 1, most: 4 }) }),
  image: picture,
  input,
  rich_text: richText,
  section,
  table,
  video: block(
    { alt_text: textRule(), title: plainText(199), thumbnail_url: urlRule(), video_url: urlRule({ schemes: ['https:'] }) },
    {
      title_url: urlRule({ schemes: ['https:'] }),
      author_name: textRule({ most: 49 }),
      provider_name: textRule(),
      provider_icon_url: urlRule(),
      description: plainText(200),
    },
  ),
}

const kinds: Record<string, Rule> = {
  ...simple,
  alert: block({ text: anyText(200) }, { level: oneOf('default', 'info', 'warning', 'error', 'success') }),
  card,
  carousel: block({ elements: listOf(typed({ card }), { most: 10 }) }),
  container: every(
    block(
      { child_blocks: listOf(typed(simple), { most: 10 }) },
      {
        title: plainText(150),
        rich_text_title: richText,
        subtitle: anyText(150),
        width: oneOf('narrow', 'standard', 'wide', 'full'),
        icon: imageElement,
        is_collapsible: booleanRule,
        default_collapsed: booleanRule,
        has_header_divider: booleanRule,
      },
    ),
    together((value) => (value.title === undefined && value.rich_text_title === undefined ? 'must have a title' : undefined)),
    together((value) => (value.default_collapsed === true && value.is_collapsible !== true ? 'is collapsed but not collapsible' : undefined)),
  ),
  context_actions: block({ elements: listOf(inContextActions, { most: 5 }) }),
  data_table: dataTable,
  data_visualization: block({ title: textRule({ most: 50 }), chart }),
  markdown: block({ text: textRule({ most: 12_000 }) }),
  plan: block({ title: textRule() }, { tasks: listOf(typed({ task_card: taskCard })) }),
  task_card: taskCard,
}

/** `file` comes from Slack and is never sent. */
const NOT_IN: Record<Surface, readonly string[]> = {
  message: ['alert', 'input'],
  modal: ['card', 'carousel', 'container', 'context_actions', 'data_table', 'data_visualization', 'markdown', 'plan', 'table', 'task_card'],
  home: ['alert', 'container', 'context_actions', 'data_table', 'data_visualization', 'markdown', 'plan', 'table', 'task_card'],
}

const anyBlock = typed(kinds)

export const blockRule: Rule = every(
  anyBlock,
  together((value, { surface }) => (NOT_IN[surface].includes(String(value.type)) ? `of type ${String(value.type)} is not for a ${surface}` : undefined)),
)
