/** How Slack's ids look. One that looks otherwise is shown as text: a wrong one makes Slack refuse the whole message. */

export function isPerson(id: string): boolean {
  return /^[UW][A-Z0-9]{1,40}$/.test(id)
}

export function isChannel(id: string): boolean {
  return /^[CG][A-Z0-9]{1,40}$/.test(id)
}
