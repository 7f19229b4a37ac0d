/** How a rule on the form of a payload is written: each looks at one value and notes what is wrong with it. */

export type Surface = 'message' | 'modal' | 'home'

export interface Inspection {
  surface: Surface
  faults: string[]
}

export type Rule = (value: unknown, at: string, inspection: Inspection) => void
export type Fields = Readonly<Record<string, Rule>>

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textRule({ least = 1, most, pattern }: { least?: number; most?: number; pattern?: RegExp } = {}): Rule {
  return (value, at, { faults }) => {
    if (typeof value !== 'string') return void faults.push(`${at} must be a string`)
    if (value.length < least) faults.push(`${at} must have at least ${least} characters`)
    if (most !== undefined && value.length > most) faults.push(`${at} must have at most ${most} characters, has ${value.length}`)
    if (!value.isWellFormed()) faults.push(`${at} has half a character`)
    if (pattern !== undefined && !pattern.test(value)) faults.push(`${at} is not of the form ${pattern}`)
  }
}

export function numberRule({ least, most, whole = true }: { least?: number; most?: number; whole?: boolean } = {}): Rule {
  return (value, at, { faults }) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || (whole && !Number.isInteger(value))) return void faults.push(`${at} must be a number`)
    if (least !== undefined && value < least) faults.push(`${at} must be at least ${least}`)
    if (most !== undefined && value > most) faults.push(`${at} must be at most ${most}`)
  }
}

export const booleanRule: Rule = (value, at, { faults }) => {
  if (typeof value !== 'boolean') faults.push(`${at} must be true or false`)
}

export function oneOf(...allowed: readonly unknown[]): Rule {
  return (value, at, { faults }) => {
    if (!allowed.includes(value)) faults.push(`${at} must be one of ${allowed.join(', ')}`)
  }
}

export function urlRule({ most = 3000, schemes = ['http:', 'https:'] }: { most?: number; schemes?: readonly string[] } = {}): Rule {
  const isText = textRule({ most })
  return (value, at, inspection) => {
    isText(value, at, inspection)
    if (typeof value !== 'string') return
    const url = URL.parse(value)
    if (url === null) inspection.faults.push(`${at} is no URL`)
    else if (!schemes.includes(url.protocol)) inspection.faults.push(`${at} must begin with ${schemes.join(' or ')}`)
  }
}

export function listOf(rule: Rule, { least = 1, most }: { least?: number; most?: number } = {}): Rule {
  return (value, at, inspection) => {
    if (!Array.isArray(value)) return void inspection.faults.push(`${at} must be a list`)
    if (value.length < least) inspection.faults.push(`${at} must have at least ${least} items`)
    if (most !== undefined && value.length > most) inspection.faults.push(`${at} must have at most ${most} items, has ${value.length}`)
    for (const [index, item] of value.entries()) rule(item, `${at}[${index}]`, inspection)
  }
}

/** Of these fields and no others. */
export function objectOf(required: Fields, optional: Fields = {}): Rule {
  return (value, at, inspection) => {
    if (!isObject(value)) return void inspection.faults.push(`${at} must be an object`)
    for (const name of Object.keys(required)) if (value[name] === undefined) inspection.faults.push(`${at}.${name} is missing`)
    for (const [name, each] of Object.entries(value)) {
      const rule = Object.hasOwn(required, name) ? required[name] : Object.hasOwn(optional, name) ? optional[name] : undefined
      if (rule === undefined) inspection.faults.push(`${at}.${name} is not known here`)
      else if (each !== undefined) rule(each, `${at}.${name}`, inspection)
    }
  }
}

/** One of several forms, told apart by `type`. */
export function typed(kinds: Readonly<Record<string, Rule>>): Rule {
  return (value, at, inspection) => {
    if (!isObject(value)) return void inspection.faults.push(`${at} must be an object`)
    const rule = typeof value.type === 'string' && Object.hasOwn(kinds, value.type) ? kinds[value.type] : undefined
    if (rule === undefined) inspection.faults.push(`${at}.type ${String(value.type)} is not allowed here`)
    else rule(value, at, inspection)
  }
}

/** All of several rules. */
export function every(...rules: readonly Rule[]): Rule {
  return (value, at, inspection) => {
    for (const rule of rules) rule(value, at, inspection)
  }
}

/** A rule on how the fields of an object go together; says what is wrong, if anything is. */
export function together(fault: (value: Record<string, unknown>, inspection: Inspection) => string | undefined): Rule {
  return (value, at, inspection) => {
    const found = isObject(value) ? fault(value, inspection) : undefined
    if (found !== undefined) inspection.faults.push(`${at} ${found}`)
  }
}
