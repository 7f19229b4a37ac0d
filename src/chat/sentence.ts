/** A failure as a sentence. Messages begin small where they follow a name, as on a terminal; in a chat and beside a field they stand alone. */

export function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.?]$/.test(message) ? '' : '.'}`
}
