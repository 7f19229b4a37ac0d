/** What a model leaves open is worth knowing, but seldom the answer, and never a step to take. */

export const LEFT_OPEN =
  /\b(?:does not|do not|doesn't) (?:say|name|explain|list|define|describe|mention|give|spell)\b|\bleaves? (?:it )?open\b|\bnames? no\b|\bnot named\b/i
