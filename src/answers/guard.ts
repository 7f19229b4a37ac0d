/** Text that tells the bot what to do instead of asking about the models. It is data, and this is all it gets. */

const INSTRUCTIONS = [
  /\b(?:ignore|disregard|forget|override|bypass|skip)\b[^.?!]{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|restrictions?|guardrails?|previous|above|prior|safety|polic(?:y|ies) you)\b/i,
  /\b(?:system|hidden|initial|secret|developer)\s+(?:prompt|instructions?|message)\b/i,
  /\b(?:reveal|print|show|repeat|output|leak|dump|display|give)\b[^.?!]{0,30}\b(?:your|the|all|bot'?s?)\b[^.?!]{0,20}\b(?:prompts?|instructions|api[ -]?keys?|tokens?|passwords?|env(?:ironment)? (?:variables?|vars?)|configuration file|database)\b/i,
  /\b(?:you are|you're|act as|behave as|pretend (?:to be|you)|role-?play)\b[^.?!]{0,30}\b(?:now|admin(?:istrator)?|dan|root|unrestricted|jailbroken|developer mode|another|a different)\b/i,
  /\bfrom now on\b|\brepeat after me\b|\bpretend\b/i,
  /(?:^|[\s>\]])(?:system|assistant|user)\s*:/i,
  /<\/?(?:context|system|instructions?|documents?|prompt)>/i,
  /\bshow\b[^.?!]{0,20}\bother (?:teams?|people|users?)\b/i,
  /\b(?:just )?record (?:it|that|this|level|our)\b/i,
  /\b(?:set|change|reset|update|mark|put|raise|bump|delete|erase|wipe|edit|overwrite)\b[^.?!]{0,30}\b(?:our|my|their|the|all|every|team'?s?)\b[^.?!]{0,30}\b(?:scores?|levels?|results?|answers?|assessments?|ratings?|data|records?|votes?)\b[^.?!]{0,60}(?:\bto\b|\bas\b|\bwithout\b|\badmin\b|\bin\b|\bfor\b|$)/i,
  /\bI(?:'m| am) (?:the |an? )?(?:admin|administrator|owner|ceo|developer of)\b/i,
  /(?:;|'|")\s*(?:drop|delete|truncate|insert|update|select|alter)\s+(?:table|from|into|\*|database)\b|\bdrop\s+table\b|\bunion\s+select\b|'\s*or\s*'?1'?\s*=\s*'?1/i,
  /<\s*script\b|\bon(?:error|load)\s*=|javascript:/i,
  /\b(?:say|answer|reply|respond)\b[^.?!]{0,20}\b(?:only|always|with|nothing but)\b[^.?!]{0,40}\b(?:word|yes|no|level|score|hacked|pwned|ok)\b/i,
]

export function isInstruction(question: string): boolean {
  return INSTRUCTIONS.some((pattern) => pattern.test(question))
}
