import { describe, expect, it } from 'vitest'
import { cleaned, cut, escaped, inert, isFormatted, notificationText, oneLine, shortLabel } from './escape.ts'

describe('text from outside', () => {
  it('loses what turns text around, what can not be seen and halves of characters', () => {
    expect(cleaned('a\u202eb\u2066c\u200b\u00ad\ufeff\u0000\u001bd\ud800e\u061cf')).toBe('abcdef')
  })

  it('keeps lines, tabs and the joiners of emoji and scripts', () => {
    expect(cleaned('a\r\nb\u2028c\td 👩‍👩‍👧 क्‍ष ✔\ufe0f')).toBe('a\nb\nc\td 👩‍👩‍👧 क्‍ष ✔\ufe0f')
  })

  it('stands on one line in labels', () => {
    expect(oneLine('  a\n\n b\tc ')).toBe('a b c')
    expect(shortLabel('Release and operations', 10)).toBe('Release a…')
    expect(shortLabel('abc 😀', 5)).toBe('abc…')
  })

  it('is escaped as Slack asks, entities too', () => {
    expect(escaped('<!channel> & &lt;')).toBe('&lt;!channel&gt; &amp; &amp;lt;')
  })

  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['*a* _b_ ~c~ `d`', '∗a∗ ˍbˍ ∼c∼ ˋdˋ'],
    ['kube_config and a_b_c', 'kube_config and a_b_c'],
    ['> quoted\n > again, 2 > 1', '› quoted\n › again, 2 &gt; 1'],
    [':tada: at 10:30', '∶tada: at 10:30'],
    ['@channel @here me@example.com', '＠channel ＠here me@example.com'],
  ])('formats nothing: %j', (text, shown) => {
    expect(inert(text)).toBe(shown)
  })

  it('is known to be formatted only where it would be', () => {
    expect(isFormatted('a *b*')).toBe(true)
    expect(isFormatted('> b')).toBe(true)
    expect(isFormatted('my_app is 2 > 1, at 10:30.')).toBe(false)
  })
})

describe('a cut', () => {
  it('is at the end of a late sentence, else between words, else anywhere, and says so', () => {
    expect(cut('One is here. Two is there. Three is gone.', 32)).toBe('One is here. Two is there. …')
    expect(cut('One two three four five', 15)).toBe('One two three …')
    expect(cut('x'.repeat(50), 10)).toBe('xxxxxxxx…')
    expect(cut('short', 5)).toBe('short')
  })

  it('never is longer than asked for', () => {
    for (let most = 1; most < 60; most++) expect(cut('One is here. Two 😀 is there! Three? four\nfive 😀😀😀', most).length).toBeLessThanOrEqual(most)
  })
})

describe('the text for notifications', () => {
  it('is escaped and counted in bytes', () => {
    expect(notificationText(' <!here> @here ')).toBe('&lt;!here&gt; ＠here')
    const long = notificationText('漢字。'.repeat(2_000))
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(4000)
    expect(Buffer.byteLength(long)).toBeGreaterThan(3900)
    expect(long).toMatch(/…$/)
    expect(notificationText('&'.repeat(5_000))).toMatch(/^(&amp;)+…$/)
  })
})
