/** How much of something there is: Teams counts a message in UTF-16, the network in UTF-8. */
import type { Room } from '../../chat/render/room.ts'

export type TeamsRoom = Room<'characters' | 'bytes'>

/** For what is said where something is missing. */
export const FOR_THE_NOTE: TeamsRoom = { characters: 250, bytes: 300 }

const PICTURE = /^data:image\//

/** Of JSON, with the comma behind it. Pictures inside it don't count: https://learn.microsoft.com/microsoftteams/limits-specifications-teams#chat */
export function sizeOf(value: unknown): TeamsRoom {
  const json = JSON.stringify(value, (_, each) => (typeof each === 'string' && PICTURE.test(each) ? '' : each))
  return sizeOfText(`${json},`)
}

export function sizeOfText(text: string): TeamsRoom {
  return { characters: text.length, bytes: Buffer.byteLength(text) }
}
