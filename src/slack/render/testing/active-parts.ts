/** What Slack would act on in a payload: mentions, channels, dates and links, wherever they are written. */

export type ActivePart =
  | { kind: 'person' | 'place'; id: string }
  | { kind: 'date' }
  | { kind: 'link'; url: string; label?: string }
  | { kind: 'unknown'; what: string }

/** Of text that Slack parses what stands in angle brackets, of rich text the elements that are no text. */
export function activeParts(payload: unknown): ActivePart[] {
  if (Array.isArray(payload)) return payload.flatMap(activeParts)
  if (typeof payload !== 'object' || payload === null) return []
  const { type, ...element } = payload as Record<string, unknown>
  // The text of a message itself has no type.
  if ((type === undefined || type === 'mrkdwn') && typeof element.text === 'string')
    return [...inBrackets(element.text), ...activeParts(Object.values(element))]
  switch (type) {
    case 'user':
      return [{ kind: 'person', id: String(element.user_id) }]
    case 'channel':
      return [{ kind: 'place', id: String(element.channel_id) }]
    case 'date':
      return [{ kind: 'date' }]
    case 'link':
      return [{ kind: 'link', url: String(element.url), ...(element.text === undefined ? {} : { label: String(element.text) }) }]
    case 'broadcast':
    case 'color':
    case 'emoji':
    case 'team':
    case 'usergroup':
      return [{ kind: 'unknown', what: JSON.stringify(payload) }]
    default:
      return activeParts(Object.values(element))
  }
}

function inBrackets(text: string): ActivePart[] {
  return (text.match(/<[^<>]*>|[<>]/g) ?? []).map((what): ActivePart => {
    const [, person] = /^<@([UW][A-Z0-9]+)>$/.exec(what) ?? []
    if (person !== undefined) return { kind: 'person', id: person }
    const [, place] = /^<#([CG][A-Z0-9]+)>$/.exec(what) ?? []
    if (place !== undefined) return { kind: 'place', id: place }
    if (/^<!date\^\d+\^[^|^]+\|[^|]+>$/.test(what)) return { kind: 'date' }
    const [, url, label] = /^<(https?:[^|\s]+)\|([^|]+)>$/.exec(what) ?? []
    return url === undefined || label === undefined ? { kind: 'unknown', what } : { kind: 'link', url, label }
  })
}

/** Everything that can be pressed, as its action would say it. */
export function controlsIn(payload: unknown): Record<string, unknown>[] {
  if (Array.isArray(payload)) return payload.flatMap(controlsIn)
  if (typeof payload !== 'object' || payload === null) return []
  const element = payload as Record<string, unknown>
  const actions = (): Record<string, unknown>[] => {
    switch (element.type) {
      // What is in a field counts when the form is handed in.
      case 'input':
        return []
      case 'button':
        return [element]
      case 'static_select':
        return (element.options as unknown[]).map((selected_option) => ({ type: 'static_select', action_id: element.action_id, selected_option }))
      case 'feedback_buttons':
        return [element.positive_button, element.negative_button].map((each) => ({ ...element, value: (each as { value: string }).value }))
      default:
        return Object.values(element).flatMap(controlsIn)
    }
  }
  return actions()
}
