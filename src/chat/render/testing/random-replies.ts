/** Replies and forms as nobody would write them: hostile text, extreme lengths, any number of anything. */
import type { Chance } from '../../../assessments/testing/crash-random.ts'
import type { Block, Button, Field, FieldOption, Form, Inline, Menu, Press, PressArgs, Reply } from '../../reply.ts'

/** What must never come out active. */
export const HOSTILE = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<@U0EVIL>',
  '<@U0EVIL|ada>',
  '<#C0EVIL>',
  '<#C0EVIL|general>',
  '<!subteam^S0EVIL|@team>',
  '<!date^1392734382^{date}^https://EVIL.example|today>',
  '<https://EVIL.example|https://bank.example>',
  '<mailto:EVIL@example.com|write>',
  '&lt;!channel&gt;',
  '&<!channel&>',
  '@channel @here @everyone',
  '*bold* _slanted_ ~gone~ `code` ```block```',
  '> quoted\n>>> all of it',
  ':tada: :+1: 10:30:45',
  '[link](https://EVIL.example) ![picture](https://EVIL.example)',
  '\u202egnp.exe\u202c \u2066x\u2069 \u200b\u00ad\ufeff',
  '\u0000\u0007\u001b[31m\u009b',
  '\ud800 \udc00 a\ud83d',
  '👩‍👩‍👧 क़ é 漢字 ﷽ \u{e0041}',
  'line\r\nline\u2028line\u2029\tx',
  '"quotes" \\ \\u0041 {"a":1} ["b"]',
  '|pipe|<|>|&',
  '__proto__',
  '',
  ' ',
  '\n',
  '…',
  'Teams release weekly. Nobody waits for a window. ',
  'kube_config and my_app_name in a_b',
]

export const PEOPLE = ['U1', 'U2', 'W0GOOD', 'nobody', '', 'U1>', '<!channel>']
export const PLACES = ['C1', 'G2', 'D3', '', 'C1|x', '<!here>']
const URLS = [
  'https://maturitymodel.example/release-and-operations#level-3',
  'http://localhost:3000/a?b=c&d=<e>|f',
  'https://bank.example@EVIL.example/',
  'javascript:alert(1)',
  'data:text/html,x',
  'https://',
  '',
  'no url',
  `https://example.com/${'a'.repeat(2_980)}`,
  `https://example.com/${'ä'.repeat(2_000)}`,
]

export interface Randomly {
  reply(): Reply
  form(): Form
}

export function randomly(chance: Chance): Randomly {
  const { below, happens, pick } = chance
  const list = <T>(most: number, make: (i: number) => T): T[] => Array.from({ length: below(most + 1) }, (_, i) => make(i))
  const text = (): string => {
    const some = list(4, () => pick(HOSTILE)).join(happens(0.5) ? ' ' : '')
    if (happens(0.97)) return some
    return `${some || 'x'} `.repeat(below(happens(0.05) ? 2_000 : 30)).slice(0, 30_000)
  }
  const args = (): PressArgs =>
    Object.fromEntries(
      list(3, (i) => [
        `arg${i}`,
        pick<() => string | number | boolean>([() => text().toWellFormed().slice(0, 300), () => below(1e9) / 7, () => happens(0.5)])(),
      ]),
    )
  const press = (): Press => ({
    on: pick(['passage.open', 'assess.answer', 'round.close', 'ask.this']),
    ...(happens(0.3) ? {} : { with: happens(0.5) ? { passage: `cncf/technology/part-${below(1000)}/4` } : args() }),
  })
  const inline = (): Inline =>
    pick<() => Inline>([
      () => ({ kind: 'text', text: text() }),
      () => ({ kind: 'text', text: text(), strong: happens(0.5), emphasis: happens(0.3), code: happens(0.3) }),
      () => ({ kind: 'link', label: text(), url: pick(URLS) }),
      () => ({ kind: 'person', id: pick(PEOPLE) }),
      () => ({ kind: 'place', id: pick(PLACES), name: text() }),
      () => ({
        kind: 'time',
        at: pick(['2026-12-24T17:00:00.000Z', 'soon', '1969-01-01T00:00:00Z', '']),
        zone: pick(['Europe/Berlin', 'Nowhere', '']),
        form: pick(['day', 'moment']),
      }),
    ])()
  const parts = () => list(5, inline)
  const button = (): Button => ({
    kind: 'button',
    label: text(),
    press: press(),
    ...(happens(0.2) ? { style: pick(['primary', 'danger']) } : {}),
    ...(happens(0.2) ? { confirm: text() } : {}),
  })
  const menu = (): Menu => ({ kind: 'menu', label: text(), options: list(happens(0.05) ? 250 : 8, () => ({ label: text(), press: press() })) })
  const block = (): Block =>
    pick<() => Block>([
      () => ({ kind: 'heading', text: text() }),
      () => ({ kind: 'text', parts: parts() }),
      () => ({ kind: 'list', items: list(happens(0.05) ? 300 : 6, parts), ordered: happens(0.5) }),
      () => ({ kind: 'quote', parts: parts() }),
      () => ({ kind: 'note', parts: parts() }),
      () => ({ kind: 'option', parts: parts(), button: button() }),
      () => ({ kind: 'table', caption: text(), head: list(5, text), rows: list(happens(0.1) ? 150 : 5, () => list(happens(0.1) ? 25 : 5, text)) }),
      () => ({ kind: 'sources', items: list(happens(0.05) ? 120 : 7, (i) => ({ n: i + 1, title: text(), quote: text(), url: pick(URLS), open: press() })) }),
      () => ({ kind: 'picture', picture: { title: text(), alt: text(), file: 'radar.png', png: () => Buffer.alloc(0) } }),
      () => ({ kind: 'buttons', items: list(happens(0.05) ? 60 : 5, () => (happens(0.2) ? menu() : button())) }),
      () => ({ kind: 'feedback', answer: happens(0.9) ? 'a1b2' : text() }),
      () => ({ kind: 'divider' }),
    ])()
  const option = (i: number): FieldOption => ({
    value: happens(0.05) ? 'v'.repeat(200) : `value-${happens(0.1) ? 0 : i}`,
    label: text(),
    ...(happens(0.5) ? { description: text() } : {}),
  })
  const field = (i: number): Field => {
    const base = { id: `field${i}`, label: text(), ...(happens(0.3) ? { hint: text() } : {}), ...(happens(0.3) ? { optional: true } : {}) }
    const options = () => [option(0), ...list(happens(0.1) ? 150 : 12, (n) => option(n + 1))]
    return pick<() => Field>([
      () => ({ ...base, kind: pick(['line', 'area']), placeholder: text(), initial: text(), longest: pick([1, 50, 3000, 100_000]) }),
      () => ({ ...base, kind: 'choice', options: options(), initial: pick(['value-0', 'value-1', 'other']) }),
      () => ({ ...base, kind: 'choices', options: options(), initial: pick([[], ['value-0', 'value-2'], ['other']]) }),
      () => ({ ...base, kind: 'people', initial: pick([[], PEOPLE, ['U1', 'U1']]) }),
      () => ({ ...base, kind: 'day', initial: pick(['2026-12-24', '2026-13-45', 'soon', '']) }),
      () => ({ ...base, kind: 'time', initial: pick(['17:00', '25:99', '']) }),
    ])()
  }
  const blocks = () => list(happens(0.01) ? 300 : pick([0, 3, 6, 12, 30]), block)
  return {
    reply: () => ({ summary: text(), blocks: blocks() }),
    form() {
      const fields = list(pick([0, 1, 3, 12]), field)
      const submit = { on: 'assess.start', label: text(), with: args() }
      return { title: text(), blocks: blocks(), fields, ...(fields.length > 0 || happens(0.5) ? { submit } : {}) }
    },
  }
}
