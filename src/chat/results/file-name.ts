/** Names of files, made of what people call their teams: nothing in them means anything to a file system, a browser or a chat. */

const LONGEST = 80

export function fileName(said: string, extension: string): string {
  const plain = said
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')
  return `${plain === '' ? 'team' : plain}.${extension}`
}
