/** Microsoft's own `adaptivecards` library as a judge of cards, in a page of its own so that nothing here looks like a browser to others. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as AdaptiveCards from 'adaptivecards'
import { JSDOM } from 'jsdom'

/** As Teams configures it. */
const HOST = { supportsInteractivity: true, actions: { maxActions: 6, showCard: { actionMode: 'inline' } } }

let library: typeof AdaptiveCards | undefined

/** What the library finds wrong with a card, or while it draws it. @param isDrawn most of the time goes into that */
export function libraryFaults(card: unknown, isDrawn: boolean): string[] {
  const { AdaptiveCard, HostConfig, SerializationContext, ValidationEvent, Versions } = loaded()
  try {
    const context = new SerializationContext(Versions.v1_5)
    const parsed = new AdaptiveCard()
    parsed.hostConfig = new HostConfig(HOST)
    parsed.parse(card, context)
    const atParsing = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i))
    const all = [...atParsing, ...parsed.validateProperties().validationEvents]
    const isShown = !isDrawn || parsed.render() !== undefined
    return [...all.map(({ event, message }) => `adaptivecards: ${ValidationEvent[event]}: ${message}`), ...(isShown ? [] : ['adaptivecards: draws nothing'])]
  } catch (error) {
    return [`adaptivecards: ${String(error)}`]
  }
}

function loaded(): typeof AdaptiveCards {
  if (library === undefined) {
    const { window } = new JSDOM('<!doctype html><title>cards</title>', { runScripts: 'outside-only' })
    window.eval(readFileSync(createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8'))
    library = (window as unknown as { AdaptiveCards: typeof AdaptiveCards }).AdaptiveCards
    // What is drawn is not looked at: Markdown stays as it is written.
    library.AdaptiveCard.onProcessMarkdown = (text, result) => {
      result.outputHtml = text.replaceAll('<', '&lt;')
      result.didProcess = true
    }
  }
  return library
}
