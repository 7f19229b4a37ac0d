/** Which properties the elements of a card may have in Teams: the library takes unknown ones without a word. */

const ELEMENT = ['type', 'id', 'spacing', 'separator', 'isVisible', 'height', 'fallback', 'requires']
const TEXT = ['text', 'color', 'fontType', 'isSubtle', 'size', 'weight']
const INPUT = [...ELEMENT, 'label', 'isRequired', 'errorMessage', 'value']
const ACTION = ['type', 'id', 'title', 'iconUrl', 'style', 'tooltip', 'isEnabled', 'mode', 'fallback', 'requires']
const BOX = [...ELEMENT, 'items', 'selectAction', 'style', 'verticalContentAlignment', 'bleed', 'backgroundImage', 'minHeight', 'rtl']

/** https://adaptivecards.io/explorer, with what Teams adds. */
export const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: [
    ...['type', '$schema', 'version', 'body', 'actions', 'fallbackText', 'speak', 'lang', 'msteams', 'refresh', 'authentication'],
    ...['selectAction', 'backgroundImage', 'minHeight', 'rtl', 'verticalContentAlignment'],
  ],
  TextBlock: [...ELEMENT, ...TEXT, 'wrap', 'maxLines', 'style', 'horizontalAlignment'],
  RichTextBlock: [...ELEMENT, 'inlines', 'horizontalAlignment'],
  TextRun: ['type', ...TEXT, 'italic', 'highlight', 'strikethrough', 'underline', 'selectAction'],
  Image: [...ELEMENT, 'url', 'altText', 'size', 'style', 'width', 'backgroundColor', 'horizontalAlignment', 'selectAction', 'msteams'],
  Container: BOX,
  ColumnSet: [...ELEMENT, 'columns', 'selectAction', 'style', 'bleed', 'minHeight', 'horizontalAlignment'],
  Column: [...BOX, 'width'],
  FactSet: [...ELEMENT, 'facts'],
  Table: [
    ...ELEMENT,
    ...['columns', 'rows', 'firstRowAsHeader', 'firstRowAsHeaders', 'showGridLines', 'gridStyle'],
    ...['horizontalCellContentAlignment', 'verticalCellContentAlignment'],
  ],
  TableRow: ['type', 'cells', 'style', 'horizontalCellContentAlignment', 'verticalCellContentAlignment'],
  TableCell: BOX,
  ActionSet: [...ELEMENT, 'actions', 'horizontalAlignment'],
  'Input.Text': [...INPUT, 'isMultiline', 'maxLength', 'placeholder', 'regex', 'style', 'inlineAction'],
  'Input.Date': [...INPUT, 'min', 'max', 'placeholder'],
  'Input.Time': [...INPUT, 'min', 'max', 'placeholder'],
  'Input.Number': [...INPUT, 'min', 'max', 'placeholder'],
  'Input.Toggle': [...INPUT, 'title', 'valueOn', 'valueOff', 'wrap'],
  'Input.ChoiceSet': [...INPUT, 'choices', 'choices.data', 'isMultiSelect', 'style', 'placeholder', 'wrap'],
  'Action.Execute': [...ACTION, 'verb', 'data', 'associatedInputs'],
  'Action.Submit': [...ACTION, 'data', 'associatedInputs'],
  'Action.OpenUrl': [...ACTION, 'url'],
  'Action.ShowCard': [...ACTION, 'card'],
  'Action.ToggleVisibility': [...ACTION, 'targetElements'],
}

/** Read by people, so filled in by templates where it looks like one. */
export const SHOWN = new Set(['text', 'title', 'label', 'placeholder', 'errorMessage', 'altText', 'fallbackText', 'tooltip'])

export type Part = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Everything in a card that is an object with a type, the card included; not what actions carry, which is data. */
export function partsOf(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf)
  if (!isObject(value)) return []
  const inside = Object.entries(value).flatMap(([name, each]) => (name === 'data' || name === 'msteams' ? [] : partsOf(each)))
  return typeof value.type === 'string' ? [value, ...inside] : inside
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function isWebAddress(value: unknown): boolean {
  const protocol = typeof value === 'string' ? URL.parse(value)?.protocol : undefined
  return protocol === 'https:' || protocol === 'http:'
}

/** Without pictures, which Teams doesn't count. */
export function sizesOf(value: unknown): { characters: number; bytes: number } {
  const json = JSON.stringify(value, (_, each) => (typeof each === 'string' && each.startsWith('data:image/') ? '' : each))
  return { characters: json.length, bytes: Buffer.byteLength(json) }
}

/** Of a mention, in a card or in a message; and that nothing looks like one that is none. */
export function mentionFaults(entities: readonly Part[], text: string, at: string): string[] {
  const texts = entities.map((each) => textOf(each.text))
  const written = text.match(/<\/?at\b[^>]*>[^<]*(?:<\/at>)?/gi) ?? []
  return [
    ...entities.flatMap((each, i) => {
      const { mentioned } = each
      const isGood = isObject(mentioned) && textOf(mentioned.id) !== '' && textOf(mentioned.name) !== ''
      return [
        ...(isGood ? [] : [`${at}: mention ${i} names nobody`]),
        ...(/^<at>[^<>]+<\/at>$/.test(texts[i] as string) ? [] : [`${at}: mention ${i} is not written as <at>…</at>`]),
        ...(text.includes(texts[i] as string) ? [] : [`${at}: mention ${i} is not in the text`]),
      ]
    }),
    ...(new Set(texts).size < texts.length ? [`${at}: two mentions with one text`] : []),
    ...written.filter((each) => !texts.includes(each)).map((each) => `${at}: ${each} mentions nobody`),
  ]
}
