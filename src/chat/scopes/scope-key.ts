/** A scope among all that are offered, as the option of a form that stands for it. */
import type { Scope } from '../../assessments/records.ts'

export function scopeKey(scope: Scope): string {
  return scope.extent === 'dimension' ? `${scope.model} dimension ${scope.dimension}` : `${scope.model} ${scope.extent}`
}
