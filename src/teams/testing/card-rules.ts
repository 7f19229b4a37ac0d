/** What Teams would not take of a message or a card: written apart from the code that renders, so that the one holds the other. */
import { cardFaults } from './card-rules-card.ts'
import { isObject, isWebAddress, mentionFaults, type Part, sizesOf, textOf } from './card-rules-shape.ts'

export { cardFaults }

/** In UTF-16, without pictures; Teams says "about 100 KB" and is sure of this. */
const MOST_BYTES = 80_000
/** With pictures: what the service behind Teams takes at all. */
const MOST_BODY_BYTES = 256_000
const MOST_CITATIONS = 10
/** Further ones are not shown. */
const MOST_SUGGESTED = 3
const MESSAGE = 'https://schema.org/Message'
const CARD = 'application/vnd.microsoft.card.adaptive'
const FILES = ['consent', 'info'].map((kind) => `application/vnd.microsoft.teams.card.file.${kind}`)
const AI_FIELDS = ['type', '@type', '@context', '@id', 'additionalType', 'citation', 'usageInfo']
const APPEARANCE_FIELDS = ['@type', 'name', 'abstract', 'url', 'text', 'keywords', 'encodingFormat', 'image', 'usageInfo']

/** One line for each fault of an activity as the connector gets it. @param isDrawn whether its cards are drawn too */
export function messageFaults(activity: unknown, isDrawn = true): string[] {
  if (!isObject(activity)) return ['it is no activity']
  const { text, attachments = [], entities = [], textFormat, channelData } = activity
  const size = sizesOf(activity).characters * 2
  const body = Buffer.byteLength(JSON.stringify(activity))
  const shown = Array.isArray(attachments) ? attachments : []
  const isStreamed = Array.isArray(entities) && entities.some((each) => isObject(each) && each.type === 'streaminfo')
  return [
    ...(activity.type === 'message' && textOf(text).trim() === '' && shown.length === 0 ? ['the message is empty'] : []),
    ...(size > MOST_BYTES ? [`it has ${size} bytes in UTF-16, at most ${MOST_BYTES}`] : []),
    ...(body > MOST_BODY_BYTES ? [`it has ${body} bytes, at most ${MOST_BODY_BYTES}`] : []),
    ...(textFormat === undefined || ['plain', 'markdown', 'xml'].includes(textOf(textFormat)) ? [] : ['textFormat is unknown']),
    ...(textOf(text).isWellFormed() ? [] : ['the text has half a character']),
    ...(textOf(text) !== '' && shown.length > 0 && !isStreamed ? ['Teams splits a text and an attachment into two messages'] : []),
    ...shown.flatMap((each) => attachmentFaults(each, isDrawn)),
    ...(Array.isArray(entities) ? entityFaults(entities.filter(isObject), textOf(text)) : ['entities must be a list']),
    ...channelFaults(channelData),
    ...suggestedFaults(activity),
  ]
}

function attachmentFaults(attachment: unknown, isDrawn: boolean): string[] {
  const { contentType, content, contentUrl } = isObject(attachment) ? attachment : {}
  if (contentType === CARD) return cardFaults(content, isDrawn)
  if (FILES.includes(textOf(contentType))) return []
  if (!/^image\/(?:png|jpeg|gif)$/.test(textOf(contentType))) return [`an attachment is of the kind ${String(contentType)}`]
  return /^(?:https:|data:image\/(?:png|jpeg|gif);base64,)/.test(textOf(contentUrl)) ? [] : ['a picture has no address']
}

function entityFaults(entities: readonly Part[], text: string): string[] {
  const roots = entities.filter(({ type }) => type === MESSAGE)
  return [
    ...(roots.length > 1 ? ['there is more than one root message entity'] : []),
    ...roots.flatMap((root) => rootFaults(root, text)),
    ...mentionFaults(
      entities.filter(({ type }) => type === 'mention'),
      text,
      'entities',
    ),
  ]
}

function rootFaults(root: Part, text: string): string[] {
  const { additionalType = [], citation = [] } = root
  const claims = Array.isArray(citation) ? citation.filter(isObject) : []
  const positions = claims.map(({ position }) => position)
  return [
    ...(root['@type'] === 'Message' && root['@context'] === 'https://schema.org' ? [] : ['the root message entity has no type or context']),
    ...(root['@id'] === undefined || root['@id'] === '' ? [] : ['the root message entity has an @id']),
    ...Object.keys(root).flatMap((name) => (AI_FIELDS.includes(name) ? [] : [`the root message entity has no ${name}`])),
    ...(Array.isArray(additionalType) && additionalType.every((each) => each === 'AIGeneratedContent') ? [] : ['additionalType is unknown']),
    ...(Array.isArray(citation) && claims.length === citation.length ? [] : ['citation must be a list of claims']),
    ...(claims.length > MOST_CITATIONS ? [`there are ${claims.length} citations, at most ${MOST_CITATIONS}`] : []),
    ...(new Set(positions).size < positions.length ? ['two citations have one position'] : []),
    ...claims.flatMap((claim) => claimFaults(claim, text)),
  ]
}

function claimFaults({ '@type': type, position, appearance }: Part, text: string): string[] {
  const at = `citation ${String(position)}`
  if (type !== 'Claim' || !isObject(appearance) || appearance['@type'] !== 'DigitalDocument') return [`${at} is not of the form Claim, DigitalDocument`]
  const { name, abstract, url, keywords = [] } = appearance
  const isShort = Array.isArray(keywords) && keywords.length <= 3 && keywords.every((each) => textOf(each) !== '' && textOf(each).length <= 28)
  return [
    ...(Number.isInteger(position) && Number(position) > 0 ? [] : [`${at} has no position`]),
    ...(text.includes(`[${String(position)}]`) ? [] : [`${at} is not in the text`]),
    ...Object.keys(appearance).flatMap((each) => (APPEARANCE_FIELDS.includes(each) ? [] : [`${at} has no ${each}`])),
    ...(isBetween(textOf(name), 80) ? [] : [`${at} must have a name of at most 80 characters`]),
    ...(isBetween(textOf(abstract), 160) ? [] : [`${at} must have an abstract of at most 160 characters`]),
    ...(url === undefined || isWebAddress(url) ? [] : [`${at} must open a web page`]),
    ...(isShort ? [] : [`${at} has more than three keywords, or long ones`]),
  ]
}

function isBetween(text: string, most: number): boolean {
  return text !== '' && text.length <= most && text.isWellFormed()
}

function channelFaults(channelData: unknown): string[] {
  if (!isObject(channelData)) return []
  const { feedbackLoopEnabled, feedbackLoop } = channelData
  return [
    ...(feedbackLoopEnabled === undefined || typeof feedbackLoopEnabled === 'boolean' ? [] : ['feedbackLoopEnabled must be true or false']),
    ...(feedbackLoop === undefined || (isObject(feedbackLoop) && ['default', 'custom'].includes(textOf(feedbackLoop.type))) ? [] : ['feedbackLoop is unknown']),
  ]
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/prompt-suggestions */
function suggestedFaults({ suggestedActions: suggested, attachments, conversation }: Part): string[] {
  if (suggested === undefined) return []
  const type = isObject(conversation) ? conversation.conversationType : undefined
  const actions = isObject(suggested) && Array.isArray(suggested.actions) ? suggested.actions.filter(isObject) : []
  return [
    ...(actions.length === 0 || actions.length > MOST_SUGGESTED ? [`there are ${actions.length} suggested actions, from 1 to ${MOST_SUGGESTED}`] : []),
    ...(actions.every(({ type, title, value }) => type === 'imBack' && textOf(title) !== '' && textOf(value) !== '')
      ? []
      : ['a suggested action must be an imBack with title and value']),
    ...(Array.isArray(attachments) && attachments.length > 0 ? ['suggested actions are not shown beneath a card'] : []),
    ...(type === undefined || type === 'personal' ? [] : ['suggested actions are shown in personal chats only']),
  ]
}
