/** What a question wants, as far as its own words tell. */

export interface Intent {
  /** What comes after the level that is named. */
  nextStep: boolean
  comparison: boolean
  /** Which level something belongs to. */
  whichLevel: boolean
  tool: boolean
  figure: boolean
}

const NEXT = [
  /\b(?:what|where|which|who|how)\b[^.?!]{0,40}\bnext\b/,
  /\bnext (?:step|steps|level|stage|phase|move|rung|thing|one|up|target|goal)\b/,
  /\b(?:what(?:'s|’s)? now|now what|what then|so what|and then)\b/,
  /\bnext\s*[?!]+|(?:->|→|=>|\bthen|\bnow|\bnext)\s*\?*\s*$/,
  /\bwhat (?:comes?|follows?|happens|changes?) (?:then|after|next|later)\b/,
  /\b(?:anything|something|what(?:'s|’s| is| comes| lies)?) (?:after|beyond|above|ahead|in store|coming)\b/,
  /\b(?:get|go|move|climb|jump|step|advance|progress|graduate|grow|come)(?:ing)?(?:\s+\w+){0,3}\s+(?:to|up|past|beyond|from|further)\b/,
  /\b(?:move|level|step|go) up\b/,
  /\bwhat(?:'s|’s| is| are we| do we|)? (?:still )?(?:missing|left|lack|lacking|keeping us|holding us|blocking us|stopping us)\b/,
  /\bwhat (?:would|will|does|do) (?:it|we|you) (?:take|need)\b/,
  /\bwhat (?:should|can|could|must|shall|do) (?:we|i|the team|our team)(?: have to| need to)? (?:do|tackle|work|focus|aim|change|fix|improve|start|add|invest|build|pick|learn)\b/,
  /\b(?:one|a|another|the) (?:level|stage|phase|step|rung|notch) (?:above|up|higher|after|later|further|on)\b/,
  /\b(?:level|stage|phase|one|rung|step) (?:above|up|higher|after)\b/,
  /\bwhat (?:would|will|does|do) (?:level |stage |phase )?\d (?:add|bring|ask|need|take|require|change|want)/,
  /\bwhat (?:has|have|needs?|must) to (?:change|happen|be)\b/,
  /\bhow (?:do|can|could|should|would) (?:we|i|you|one) (?:get|go|move|reach|improve|advance|progress|grow|become)\b/,
  /\b(?:beyond|past|after) (?:that|this|level|stage|phase|lvl|it)\b/,
  /\bto (?:reach|hit|achieve|earn|qualify for)\b/,
  /\b(?:improved?|better|changes?|different) (?:later|afterwards)\b/,
]
const COMPARISON = [
  /\b(?:vs\.?|versus|compare[ds]?|comparison|differ(?:s|ent|ence|ences)?|contrast|side by side|unlike|rather than)\b/,
  /\bwhat(?:'s|’s| is) between\b/,
  /\bbetween\b.*\band\b/,
  /\b(?:both|either|each) (?:of )?(?:the )?(?:model|guide)s?\b/,
  /\bwhich (?:of the )?models?\b/,
  /\bhow (?:do|does)\b.*\band\b.*\b(?:see|treat|handle|approach)\b/,
]
const WHICH_LEVEL = [
  /\b(?:which|what|whose)\s+(?:[\w-]+\s+){0,3}?(?:level|lvl|stage|phase|tier|rung|step|column|row|cell)\b/,
  /\bwhere (?:are we|do we (?:stand|sit|land)|does (?:that|this) (?:put|leave|place|sit)|would (?:you|that) (?:put|place))\b/,
  /\bhow (?:mature|far (?:along)?|advanced)\b/,
  /\b(?:level|lvl|stage|phase|rung)\s*\??$/,
  /\bat (?:which|what)\b/,
  /\bwhen\b/,
]
const TOOL = [
  /\b(?:tool|tools|tooling|software|product|products|technolog(?:y|ies)|project|projects|library|framework|frameworks|vendor|app|plugin)\b/,
  /\b(?:which|what) .*\b(?:use|used|run|runs|install|deploy|mention(?:s|ed)?|recommend(?:s|ed)?|suggest(?:s|ed)?|name[sd]?)\b/,
  /\bwhat (?:is|are|does) [A-Z]/,
]
const FIGURE = [/\bhow (?:many|much|often|long|big|high)\b/, /\b(?:percent(?:age)?|per cent|share|proportion|figure|number|ratio|rate|kpis?)\b/, /\d+\s*%/]

export function readIntent(text: string): Intent {
  const lower = text.toLowerCase()
  const any = (patterns: readonly RegExp[], where = lower) => patterns.some((pattern) => pattern.test(where))
  return { nextStep: any(NEXT), comparison: any(COMPARISON), whichLevel: any(WHICH_LEVEL), tool: any(TOOL), figure: any(FIGURE) }
}
