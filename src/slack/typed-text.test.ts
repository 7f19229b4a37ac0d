import { expect, it } from 'vitest'
import { typedText } from './typed-text.ts'

it.each([
  ['<@UBOT> what is GitOps?', 'what is GitOps?'],
  ['what is GitOps, <@UBOT>?', 'what is GitOps, ?'],
  ['<@U1|ada> says a &lt; b &amp;&amp; c &gt; d', '@ada says a < b && c > d'],
  ['see <https://example.org/a?b=1&amp;c=2|the page> and <https://example.org>', 'see the page and https://example.org'],
  ['results <#C123|payments>', 'results #payments'],
  ['results <#C123>', 'results #C123'],
  ['<!here> <!channel> <!subteam^S1|@ops>', '@here @channel @ops'],
  ['mail <mailto:a@example.org|a@example.org>', 'mail a@example.org'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['one\ntwo\t three', 'one\ntwo three'],
])('“%s” was typed as “%s”', (sent, typed) => {
  expect(typedText(sent, 'UBOT')).toBe(typed)
})
