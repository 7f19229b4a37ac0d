/** How much of something there is: Teams counts a message in UTF-16, the network in UTF-8. */

export interface Room {
  characters: number
  bytes: number
}

const PICTURE = /^data:image\//

/** Of JSON, with the comma behind it. Pictures inside it don't count: https://learn.microsoft.com/microsoftteams/limits-specifications-teams#chat */
export function sizeOf(value: unknown): Room {
  const json = JSON.stringify(value, (_, each) => (typeof each === 'string' && PICTURE.test(each) ? '' : each))
  return sizeOfText(`${json},`)
}

export function sizeOfText(text: string): Room {
  return { characters: text.length, bytes: Buffer.byteLength(text) }
}

export function plus(a: Room, b: Room): Room {
  return { characters: a.characters + b.characters, bytes: a.bytes + b.bytes }
}

export function minus(a: Room, b: Room): Room {
  return { characters: a.characters - b.characters, bytes: a.bytes - b.bytes }
}

export function half({ characters, bytes }: Room): Room {
  return { characters: characters / 2, bytes: bytes / 2 }
}

export function fits(size: Room, room: Room): boolean {
  return size.characters <= room.characters && size.bytes <= room.bytes
}
