/** Models that may be right, in a form that nobody asked for. */
import { answering, cited, inTurn } from './answering.ts'

/** The right text without a marker. */
export const uncited = answering((sentences) => sentences.map(({ text }) => text).join(' '))

const SOUPS: readonly ((n: number) => string)[] = [
  () => '[1][2][3][4]',
  (n) => `[${n}, ${n + 1}]`,
  (n) => `【${n}】`,
  (n) => `[^${n}]`,
  (n) => `(${n})`,
  (n) => `[passage ${n}]`,
  (n) => `[${n}-${n + 2}]`,
  (n) => `[[${n}]]`,
  (n) => `[${n}][`,
  (n) => `[ ${n} ] [0${n}] [+${n}]`,
  (n) => `[${n}](https://evil.example/${n})`,
  (n) => `<sup>${n}</sup> ［${n}］ [${n}†source]`,
]

/** Every form of marker there is, spread over the sentences. */
export const markerSoup = answering((sentences) =>
  sentences.map(({ text, n }, index) => [text, ...SOUPS.filter((_, at) => at % sentences.length === index).map((soup) => soup(n))].join(' ')).join(' '),
)

/** All of Markdown's forms, some HTML, and what pings a Slack channel. */
export const markdown = answering((sentences) => {
  const [first, second = first, third = second] = sentences.map(cited)
  const title = sentences[0]?.text.split(' ').slice(0, 3).join(' ')
  return [
    `# ${title}`,
    `**${first}**`,
    `- ${second}\n- <!channel> ${third}\n  1. <@U012AB3CD> _${first}_`,
    `| Level | What |\n|---|---|\n| one | ${second} |`,
    '```yaml\nkind: NetworkPolicy\n```',
    `> ${third}`,
    `See [the guide](https://evil.example/guide) and ![chart](https://evil.example/x.png?q=1) <https://evil.example|here>.`,
    `<b>${first}</b><script>alert(1)</script><img src=x onerror=alert(1)>`,
  ].join('\n\n')
})

/** A right answer between pleasantries. */
export const chatty = answering((sentences, { question }) =>
  [`Sure! Here is what I found about "${question}":`, ...sentences.map(cited), 'I hope that helps! Let me know if you would like to know more.'].join(' '),
)

/** German, whatever the question's language was. */
export const otherLanguage = answering((sentences) => sentences.map(({ n }, index) => `${inTurn(GERMAN, index)} [${n}]`).join(' '))

const GERMAN = [
  'Auf dieser Stufe arbeiten die Teams nach gemeinsamen Regeln und verbessern sie laufend.',
  'Wer was darf, ist festgelegt und wird überprüft.',
  'Dafür braucht es Übung, aber keine neuen Werkzeuge.',
] as const
