/** What can be assessed, and how long each takes. */

import type { Corpus, Model } from '../corpus/passage.ts'
import { catalogueOf, dimensionsOf } from './catalogue.ts'
import { minutesFor } from './reading-time.ts'
import type { Scope } from './records.ts'
import { sayScope } from './wording.ts'

export interface Offer {
  model: string
  title: string
  shortTitle: string
  scopes: OfferedScope[]
}

export interface OfferedScope {
  scope: Scope
  /** "Quick", "Full", or the dimension. */
  name: string
  questions: number
  /** The number is a limit: which are asked follows from the answers. */
  atMost: boolean
  minutes: number
  /** All of it in one line. */
  said: string
}

/** A model without levels has nothing to offer. */
export function offersOf(corpus: Corpus): Offer[] {
  return corpus.models.filter(isAssessable).map((model) => ({
    model: model.id,
    title: model.title,
    shortTitle: model.shortTitle,
    scopes: scopesOf(model, corpus).map((scope) => offerOf(scope, corpus)),
  }))
}

function isAssessable({ sections }: Model): boolean {
  return sections.some(({ levels }) => levels.length > 1)
}

/** Where the quick one asks everything already, there is no other. */
function scopesOf(model: Model, corpus: Corpus): Scope[] {
  const quick: Scope = { model: model.id, extent: 'quick' }
  const full: Scope = { model: model.id, extent: 'full' }
  const dimensions = dimensionsOf(model).map((dimension): Scope => ({ model: model.id, extent: 'dimension', dimension }))
  return catalogueOf(quick, corpus).length === catalogueOf(full, corpus).length ? [quick] : [quick, ...dimensions, full]
}

function offerOf(scope: Scope, corpus: Corpus): OfferedScope {
  const catalogue = catalogueOf(scope, corpus)
  return {
    scope,
    name: scope.extent === 'dimension' ? scope.dimension : scope.extent === 'quick' ? 'Quick' : 'Full',
    questions: catalogue.length,
    atMost: catalogue.order === 'bisect',
    minutes: Math.max(1, Math.round(minutesFor(catalogue))),
    said: sayScope(catalogue),
  }
}
