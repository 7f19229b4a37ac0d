/** The part of Adaptive Cards 1.5 that the bot uses. https://adaptivecards.io/explorer */

export interface AdaptiveCard {
  type: 'AdaptiveCard'
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json'
  version: '1.5'
  /** Where a client can't show cards. */
  fallbackText: string
  body: CardElement[]
  msteams: { width: 'Full'; entities?: MentionEntity[] }
}

export interface MentionEntity {
  type: 'mention'
  /** As it stands in the text. */
  text: string
  mentioned: { id: string; name: string }
}

interface Placed {
  spacing?: 'None' | 'Small' | 'Medium'
  separator?: true
}

export interface TextLook {
  size?: 'Small' | 'Medium'
  weight?: 'Bolder'
  isSubtle?: true
  color?: 'Attention'
}

export type TextRun = TextLook & { type: 'TextRun'; text: string; italic?: true; fontType?: 'Monospace' }
/** Parsed as Markdown. */
export type TextBlock = Placed & TextLook & { type: 'TextBlock'; text: string; wrap: true; style?: 'heading' }
/** Never parsed. */
export type RichTextBlock = Placed & { type: 'RichTextBlock'; inlines: TextRun[] }
export type Container = Placed & { type: 'Container'; items: CardElement[]; style?: 'emphasis' }
export type ActionSet = Placed & { type: 'ActionSet'; actions: CardAction[] }
export type Image = Placed & { type: 'Image'; url: string; altText: string; size: 'Stretch'; msteams: { allowExpand: true } }
export type Table = Placed & { type: 'Table'; columns: { width: 1 }[]; rows: TableRow[] }
export interface TableRow {
  type: 'TableRow'
  cells: { type: 'TableCell'; items: CardElement[] }[]
}

interface Input {
  id: string
  label: string
  isRequired?: true
  errorMessage?: string
}
export type TextInput = Placed & Input & { type: 'Input.Text'; isMultiline?: true; maxLength: number; placeholder?: string; value?: string }
export type DateInput = Placed & Input & { type: 'Input.Date' | 'Input.Time'; value?: string }
export type ChoiceSet = Placed &
  Input & {
    type: 'Input.ChoiceSet'
    choices: { title: string; value: string }[]
    /** Looks people up. */
    'choices.data'?: { type: 'Data.Query'; dataset: string }
    style?: 'compact' | 'expanded'
    isMultiSelect?: true
    wrap?: true
    placeholder?: string
    /** Of several with commas between them. */
    value?: string
  }
export type InputElement = TextInput | DateInput | ChoiceSet

export type CardElement = TextBlock | RichTextBlock | Container | ActionSet | Image | Table | InputElement

export interface ExecuteAction {
  type: 'Action.Execute'
  title: string
  verb: string
  data: Readonly<Record<string, unknown>>
  /** Whether what is filled in elsewhere on the card is handed in too, and must be valid. */
  associatedInputs: 'auto' | 'none'
  style?: 'positive' | 'destructive'
  tooltip?: string
}
export interface ShowCardAction {
  type: 'Action.ShowCard'
  title: string
  style?: 'positive' | 'destructive'
  card: { type: 'AdaptiveCard'; body: CardElement[] }
}
export type CardAction = ExecuteAction | ShowCardAction

const WIDE = { width: 'Full' } as const

export function cardOf(body: CardElement[], fallbackText: string, entities: MentionEntity[]): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText,
    body,
    msteams: entities.length === 0 ? WIDE : { ...WIDE, entities },
  }
}
