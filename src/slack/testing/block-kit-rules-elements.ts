/** Slack's documented limits on what stands inside blocks: text, options, buttons, menus, inputs. */
import { isDeepStrictEqual } from 'node:util'
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
  textRule,
  together,
  typed,
  urlRule,
} from './block-kit-rules-shape.ts'

export function plainText(most: number): Rule {
  return objectOf({ type: oneOf('plain_text'), text: textRule({ most }) }, { emoji: booleanRule })
}

function mrkdwn(most: number): Rule {
  return objectOf({ type: oneOf('mrkdwn'), text: textRule({ most }) }, { verbatim: booleanRule })
}

export function anyText(most: number): Rule {
  return typed({ plain_text: plainText(most), mrkdwn: mrkdwn(most) })
}

const actionId = textRule({ most: 255 })
const type = textRule()
const style = oneOf('primary', 'danger')
const date = textRule({ pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/ })
const userId = textRule({ pattern: /^[UW][A-Z0-9]+$/ })
const conversationId = textRule({ pattern: /^[CDG][A-Z0-9]+$/ })

const confirm = objectOf({ title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) }, { style })
const filter = every(
  objectOf({}, { include: listOf(oneOf('im', 'mpim', 'private', 'public')), exclude_external_shared_channels: booleanRule, exclude_bot_users: booleanRule }),
  together((value) => (Object.keys(value).length === 0 ? 'must not be empty' : undefined)),
)
const dispatchConfig = objectOf({ trigger_actions_on: listOf(oneOf('on_enter_pressed', 'on_character_entered'), { most: 2 }) })

/** Slack's reference says 150 characters for a value; its types say 75. */
const OPTION_VALUE = 150
const plainOption = objectOf({ text: plainText(75), value: textRule({ most: OPTION_VALUE }) }, { description: plainText(75) })
const overflowOption = objectOf({ text: plainText(75), value: textRule({ most: OPTION_VALUE }) }, { description: plainText(75), url: urlRule() })
const markedOption = objectOf({ text: anyText(75), value: textRule({ most: OPTION_VALUE }) }, { description: anyText(75) })
const optionGroup = objectOf({ label: plainText(75), options: listOf(plainOption, { most: 100 }) })

function optionsIn(value: Record<string, unknown>): unknown[] {
  const groups = Array.isArray(value.option_groups) ? value.option_groups : []
  const all = [value.options, ...groups.map((group) => (isObject(group) ? group.options : undefined))]
  return all.flatMap((each) => (Array.isArray(each) ? each : []))
}

const optionsFit = together((value) => {
  const options = optionsIn(value)
  const values = options.map((option) => (isObject(option) ? option.value : undefined))
  if (new Set(values).size < values.length) return 'has two options of the same value'
  const initial = value.initial_option === undefined ? (value.initial_options ?? []) : [value.initial_option]
  const strange = (Array.isArray(initial) ? initial : []).some((each) => !options.some((option) => isDeepStrictEqual(option, each)))
  return strange ? 'begins with an option that is not among its options' : undefined
})
const oneSource = together((value) =>
  (value.options === undefined) === (value.option_groups === undefined) ? 'must have either options or option_groups' : undefined,
)
const fewEnough = together((value) => (value.response_url_enabled === true ? 'must not ask for a response_url' : undefined))

const control: Fields = { action_id: actionId, confirm }
const focused: Fields = { ...control, focus_on_load: booleanRule }
const menu: Fields = { ...focused, placeholder: plainText(150) }
const several: Fields = { max_selected_items: numberRule({ least: 1 }) }
const typing: Fields = { action_id: actionId, focus_on_load: booleanRule, placeholder: plainText(150), dispatch_action_config: dispatchConfig }
const conversations: Fields = { ...menu, default_to_current_conversation: booleanRule, filter }
const staticOptions: Fields = { options: listOf(plainOption, { most: 100 }), option_groups: listOf(optionGroup, { most: 100 }) }
const queryLength: Fields = { min_query_length: numberRule({ least: 0 }) }

const button = objectOf(
  { type, text: plainText(75) },
  { ...control, value: textRule({ least: 0, most: 2000 }), url: urlRule(), style, accessibility_label: textRule({ most: 75 }) },
)
const checkboxes = every(
  objectOf({ type, options: listOf(markedOption, { most: 10 }) }, { ...focused, initial_options: listOf(markedOption, { most: 10 }) }),
  optionsFit,
)
const radioButtons = every(objectOf({ type, options: listOf(markedOption, { most: 10 }) }, { ...focused, initial_option: markedOption }), optionsFit)
const overflow = every(objectOf({ type, options: listOf(overflowOption, { most: 5 }) }, control), optionsFit)
const datepicker = objectOf({ type }, { ...menu, initial_date: date })
const datetimepicker = objectOf({ type }, { ...focused, initial_date_time: numberRule({ least: 1_000_000_000, most: 9_999_999_999 }) })
const timepicker = objectOf({ type }, { ...menu, initial_time: textRule({ pattern: /^([01]\d|2[0-3]):[0-5]\d$/ }), timezone: textRule() })

const menus: Record<string, Rule> = {
  static_select: every(objectOf({ type }, { ...menu, ...staticOptions, initial_option: plainOption }), oneSource, optionsFit),
  external_select: objectOf({ type }, { ...menu, ...queryLength, initial_option: plainOption }),
  users_select: objectOf({ type }, { ...menu, initial_user: userId }),
  conversations_select: every(objectOf({ type }, { ...conversations, initial_conversation: conversationId, response_url_enabled: booleanRule }), fewEnough),
  channels_select: every(objectOf({ type }, { ...menu, initial_channel: conversationId, response_url_enabled: booleanRule }), fewEnough),
  multi_static_select: every(
    objectOf({ type }, { ...menu, ...several, ...staticOptions, initial_options: listOf(plainOption, { most: 100 }) }),
    oneSource,
    optionsFit,
  ),
  multi_external_select: objectOf({ type }, { ...menu, ...several, ...queryLength, initial_options: listOf(plainOption, { most: 100 }) }),
  multi_users_select: objectOf({ type }, { ...menu, ...several, initial_users: listOf(userId) }),
  multi_conversations_select: objectOf({ type }, { ...conversations, ...several, initial_conversations: listOf(conversationId) }),
  multi_channels_select: objectOf({ type }, { ...menu, ...several, initial_channels: listOf(conversationId) }),
}

const lengthsFit = together((value) => {
  const { min_length: least = 0, max_length: most = 3000, initial_value: initial = '' } = value
  if (typeof least === 'number' && typeof most === 'number' && least > most) return 'asks for more characters than it allows'
  return typeof initial === 'string' && typeof most === 'number' && initial.length > most ? 'begins with more characters than it allows' : undefined
})
const boundsFit = together(({ min_value: least, max_value: most }) =>
  least !== undefined && most !== undefined && Number(least) > Number(most) ? 'has a min_value above its max_value' : undefined,
)
const numeric = textRule({ pattern: /^-?\d+(\.\d+)?$/ })

const inputs: Record<string, Rule> = {
  plain_text_input: every(
    objectOf(
      { type },
      {
        ...typing,
        initial_value: textRule({ least: 0, most: 3000 }),
        multiline: booleanRule,
        min_length: numberRule({ least: 0, most: 3000 }),
        max_length: numberRule({ least: 1, most: 3000 }),
      },
    ),
    lengthsFit,
  ),
  email_text_input: objectOf({ type }, { ...typing, initial_value: textRule() }),
  url_text_input: objectOf({ type }, { ...typing, initial_value: textRule() }),
  number_input: every(
    objectOf({ type, is_decimal_allowed: booleanRule }, { ...typing, initial_value: numeric, min_value: numeric, max_value: numeric }),
    boundsFit,
  ),
  file_input: every(
    objectOf({ type }, { action_id: actionId, filetypes: listOf(textRule()), max_files: numberRule({ least: 1, most: 10 }) }),
    together((_, { surface }) => (surface === 'modal' ? undefined : 'is for modals only')),
  ),
}

const image = every(
  objectOf({ type, alt_text: textRule({ most: 2000 }) }, { image_url: urlRule(), slack_file: objectOf({}, { id: textRule(), url: urlRule() }) }),
  together((value) => ((value.image_url === undefined) === (value.slack_file === undefined) ? 'must have either image_url or slack_file' : undefined)),
)
const workflowButton = objectOf(
  { type, text: plainText(75), workflow: objectOf({ trigger: objectOf({ url: urlRule() }, { customizable_input_parameters: listOf(() => {}) }) }) },
  { ...control, style, accessibility_label: textRule({ most: 75 }) },
)
const feedbackButton = objectOf({ text: plainText(75), value: textRule({ most: 2000 }) }, { accessibility_label: textRule({ most: 75 }) })
const feedbackButtons = objectOf({ type, positive_button: feedbackButton, negative_button: feedbackButton }, { action_id: actionId })
const iconButton = objectOf(
  { type, icon: textRule(), text: plainText(75) },
  { ...control, value: textRule({ most: 2000 }), accessibility_label: textRule({ most: 75 }), visible_to_user_ids: listOf(userId) },
)

const pickers = { checkboxes, datepicker, radio_buttons: radioButtons, timepicker, ...menus }

export const inActions = typed({ button, overflow, datetimepicker, workflow_button: workflowButton, ...pickers })
export const inSection = typed({ button, overflow, image, workflow_button: workflowButton, ...pickers })
export const inInput = typed({ ...inputs, datetimepicker, ...pickers })
export const inContext = typed({ image, plain_text: plainText(3000), mrkdwn: mrkdwn(3000) })
export const inContextActions = typed({ feedback_buttons: feedbackButtons, icon_button: iconButton })
export { button as buttonElement, image as imageElement }
