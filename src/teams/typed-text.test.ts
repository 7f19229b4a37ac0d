import { expect, it } from 'vitest'
import { typedText } from './typed-text.ts'

const BOT = { text: '<at>Cairn</at>', id: '28:bot', name: 'Cairn' }
const BOB = { text: '<at>Bob</at>', id: '29:bob', name: 'Bob' }

it.each([
  ['<at>Cairn</at> what is GitOps?', 'what is GitOps?'],
  ['<at>Cairn</at>&nbsp;what is GitOps?', 'what is GitOps?'],
  ['what is GitOps, <at>Cairn</at>?', 'what is GitOps, ?'],
  ['<at>Bob</at> says a &lt; b &amp;&amp; c > d', '@Bob says a < b && c > d'],
  ['<at id="3">Root User</at> too', '@Root User too'],
  ['<p>one</p><p>two <strong>three</strong></p>', 'one\ntwo three'],
  ['one<br/>two\t three', 'one\ntwo three'],
  ['if a<b and b>c', 'if a<b and b>c'],
  ['see <a href="https://example.org">the page</a>', 'see the page'],
  ['&amp;lt;b&amp;gt; &#39;x&#39; &#0; &#99999999;', "&lt;b&gt; 'x' &#0; &#99999999;"],
  ['', ''],
])('“%s” was typed as “%s”', (sent, typed) => {
  expect(typedText(sent, [BOT, BOB], '28:bot')).toBe(typed)
})

it('is read in no time, whatever it is', () => {
  for (const piece of ['<', '<p ', '&', '<at>', '<br ', '\n ', '&#1']) {
    const started = performance.now()
    typedText(piece.repeat(100_000), [BOT], '28:bot')
    expect(performance.now() - started, piece).toBeLessThan(1_000)
  }
})
