import { describe, expect, it } from 'vitest'
import { escaped, inert, isFormatted, notificationText } from './escape.ts'

describe('text from outside', () => {
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
