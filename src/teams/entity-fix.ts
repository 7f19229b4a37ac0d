/**
 * botframework-connector 4.23.3 sends of an entity only `type`, `text` and `mentioned`: citations, the label of generated text and what makes a
 * message a stream would be lost without a word. https://github.com/microsoft/botbuilder-js/pull/4903
 */
import mappers from 'botframework-connector/lib/connectorApi/models/mappers.js'

interface Mapper {
  type: { additionalProperties?: { type: { name: string } } }
}

export function keepEntities(): void {
  const { type } = (mappers as unknown as Record<string, Mapper | undefined>).Entity ?? {}
  if (type === undefined) throw new Error('botframework-connector has no mapper for entities any more: see whether it still drops what they carry')
  type.additionalProperties ??= { type: { name: 'Object' } }
}
