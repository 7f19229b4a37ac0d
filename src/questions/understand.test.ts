import { beforeAll, describe, expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import { loadVocabulary } from '../retrieval/vocabulary.ts'
import { createQuestionReader, type QuestionReader } from './understand.ts'

let reader: QuestionReader

beforeAll(async () => {
  reader = createQuestionReader((await loadCorpus()).corpus, loadVocabulary())
})

describe('levels that a question names', () => {
  it.each([
    ['what is level 3 of KMM security?', [3]],
    ['kmm security lvl 4', [4]],
    ['KMM automation L2', [2]],
    ['Fairwinds phase three', [3]],
    ['the third stage of Plural', [3]],
    ['KMM security: level 3 vs level 4', [3, 4]],
    ['Plural stages 1 and 2', [1, 2]],
    ["What does 'Operate' ask of security in the CNCF model?", [2]],
    ['the Scale level of CNCF culture', [3]],
    ['what is the top level of KMM culture', [5]],
    ['what is the last stage of Plural about', [3]],
    ['We are at KMM culture 3. What would 4 add?', [4]],
  ])('%s', (question, levels) => {
    expect(reader.read(question).targetLevels).toEqual(levels)
  })

  it.each([
    'we have 3 clusters and 2 teams on kmm automation',
    'why 80% utilization in the CNCF containers section?',
    'where does SLSA Build Level 2 come in?',
    'one of our teams uses Helm',
  ])('is no level: %s', (question) => {
    expect(reader.read(question).levels).toEqual([])
  })
})

describe('what comes next', () => {
  it.each([
    ["we're at level 2 of kmm security, what next?", 3],
    ['kmm scalability at 3, what comes then', 4],
    ['How do we get from level 1 to level 2 in KMM culture?', 2],
    ['KMM automation 3 it is, tests and dashboards all there. Then?', 4],
    ["What has to change for level 4? We're at 3 in CNCF culture", 4],
    ['kmm culture level 5 reached, what now?', 5],
  ])('%s', (question, target) => {
    expect(reader.read(question).targetLevels).toEqual([target])
  })
})

describe('models, dimensions and sections', () => {
  it('finds a model by what people call it, in the order in which they do', () => {
    expect(reader.read('Nilsson vs Koren on culture').places.models).toEqual(['kmm', 'indellient'])
  })

  it('takes a title of everyday words only as it is written', () => {
    expect(reader.read('what does the Kubernetes Maturity Model say').places.models).toEqual(['kmm'])
    expect(reader.read('is there a kubernetes maturity model for us').places.models).toEqual([])
  })

  it('knows a section by its abbreviated name', () => {
    const { places } = reader.read('release and ops, what about drift')
    expect(places.sections.map((section) => section.section)).toContain('technology/release-and-operations')
  })

  it('is surest when the dimension stands right before the section', () => {
    const sections = reader.read('cncf people security level 4').places.sections.toSorted((a, b) => b.strength - a.strength)
    expect(sections[0]?.section).toBe('people/security')
  })
})

describe('names inside names', () => {
  const strengthOf = (question: string, section: string) => reader.read(question).places.sections.find((each) => each.section === section)?.strength ?? 0

  it('mean the longer one before the shorter', () => {
    const question = 'what does CNCF security and policy level 2 ask for?'
    expect(strengthOf(question, 'technology/security-and-policy')).toBe(1)
    expect(strengthOf(question, 'people/security')).toBeLessThan(0.6)
  })

  it('leave a dimension alone: its name is no part of a section', () => {
    expect(reader.read('at which CNCF technology level does it turn up?').places.sections).toEqual([])
  })

  it('are written out where they are abbreviated', () => {
    expect(strengthOf("What's in CNCF tech AI, level 2?", 'technology/ai')).toBeGreaterThan(strengthOf("What's in CNCF tech AI, level 2?", 'people/ai'))
  })
})

describe('follow-ups', () => {
  const history = ['What is KMM architecture level 2?', 'Level 2 is Basic Kubernetes: some applications are containerized.']

  it('takes model, section and level over from the conversation', () => {
    const { places, targetLevels, followUp } = reader.read('and what does it say about networking?', history)
    expect(followUp).toBe(true)
    expect(places.models).toEqual(['kmm'])
    expect(places.sections.some((section) => section.model === 'kmm' && section.section === 'architecture')).toBe(true)
    expect(targetLevels).toEqual([2])
  })

  it('moves to the neighbouring section when the row below is asked for', () => {
    const { places, targetLevels } = reader.read('and the row below that, same level?', history)
    expect(places.sections.map((section) => section.section)).toEqual(['automation'])
    expect(targetLevels).toEqual([2])
  })

  it('counts one level up from the level that was talked about', () => {
    expect(reader.read("what's missing for the level above?", history).targetLevels).toEqual([3])
  })

  it('lets a question that names its own place stand alone', () => {
    const { followUp, places } = reader.read('And CNCF people culture level 4?', history)
    expect(followUp).toBe(false)
    expect(places.models).toEqual(['cncf'])
  })
})

describe('a follow-up', () => {
  it('that points to the row below means the one below what the conversation is about, whatever else was named', () => {
    const { places, targetLevels } = reader.read('and the row below that, same level?', [
      'What is KMM architecture level 2?',
      'Basic configuration, some containerised applications, and monitoring and logging.',
    ])
    expect(places.sections.map(({ model, section }) => `${model}/${section}`)).toEqual(['kmm/automation'])
    expect(targetLevels).toEqual([2])
  })

  it('about one of what was talked about keeps its words', () => {
    const { terms } = reader.read('and when the security one?', ['Which certs does CNCF recommend?'])
    expect(terms.map(({ stem }) => stem)).toContain('cert')
  })

  it('that counts levels up counts from the level that was talked about', () => {
    expect(reader.read('and two levels up from there?', ['What is CNCF technology testing level 2?']).targetLevels).toEqual([4])
  })

  it('that names another section of the model stays in the model and at the level', () => {
    const { places, targetLevels } = reader.read('same level but for scalability pls', ['kmm security 4?'])
    expect(places.models).toEqual(['kmm'])
    expect(places.sections.filter(({ model }) => model === 'kmm').map(({ section }) => section)).toEqual(['scalability'])
    expect(targetLevels).toEqual([4])
  })

  it('that names another section leaves the words of the last one behind', () => {
    const { terms, searchText } = reader.read('same level but for scalability pls', ['kmm security 4?', 'Compliance checks run in the pipelines.'])
    expect(terms.map(({ stem }) => stem)).not.toContain('complianc')
    expect(searchText).toBe('same level but for scalability pls')
  })

  it('that names another dimension means the section of the same name there', () => {
    const { places } = reader.read('and the process one at the same level?', ['what does level 5 of the cncf policy overview say?'])
    expect(places.sections.map(({ section }) => section)).toContain('process/overview')
    expect(places.sections.map(({ section }) => section)).not.toContain('policy/overview')
  })

  it('that only names another model asks the same of that one', () => {
    const { places, terms, followUp, onlyNamedModels } = reader.read('ok but what about plural?', ['when does the KMM want GitOps?'])
    expect(followUp).toBe(true)
    expect(places.models).toEqual(['plural'])
    expect(terms.map(({ stem }) => stem)).toContain('gitop')
    expect(onlyNamedModels).toBe(true)
  })
})

describe('the sides of a comparison', () => {
  const sides = (question: string) => reader.read(question).sides.map(({ places, targetLevels }) => [places.models.join(), ...targetLevels])

  it.each([
    [
      'KMM culture 4 versus CNCF people culture 3, same thing?',
      [
        ['kmm', 4],
        ['cncf', 3],
      ],
    ],
    ['zero trust in kmm vs cncf', [['kmm'], ['cncf']]],
    [
      'KMM security: level 4 vs level 3',
      [
        ['kmm', 3],
        ['kmm', 4],
      ],
    ],
    ['when does CNCF tech want chaos engineering and when does it want carbon reports?', [['cncf'], ['cncf']]],
  ])('%s', (question, expected) => {
    expect(sides(question)).toEqual(expected)
  })

  it.each(['what does KMM say about culture and roles?', 'kmm automation level 3', 'we are at kmm security 2, what next?'])('has one side: %s', (question) => {
    expect(sides(question)).toEqual([])
  })

  it('weighs the words of a side above those of the other', () => {
    const [kmm] = reader.read('kmm says compliance, cncf says carbon').sides
    const weightOf = (word: string) => kmm?.terms.find(({ stem }) => stem === word)?.weight ?? 0
    expect(weightOf('complianc')).toBeGreaterThan(weightOf('carbon'))
  })
})

describe('a side that is only named', () => {
  const [own, other] = [0, 1].map(
    (side) => (question: string, stem: string) => reader.read(question).sides[side]?.terms.find((term) => term.stem === stem)?.weight ?? 0,
  )

  it('is asked about what the other is', () => {
    expect(other?.('service mesh in Indellient vs the CNCF technology part: when would I need one?', 'mesh')).toBe(1)
    expect(own?.('monitoring comes in Fairwinds phase what and in Indellient stage what?', 'monitor')).toBe(1)
  })

  it('is not taken apart where its section has an "and"', () => {
    const { sides } = reader.read("what's expected by CNCF security and policy level 2, and how does Indellient see secrets?")
    expect(sides.map(({ places, targetLevels }) => [...places.models, ...targetLevels])).toEqual([['cncf', 2], ['indellient']])
  })
})

describe('slips of the keyboard', () => {
  it.each([
    ['kmm scalabilty at 3, what comes then', 'scalability'],
    ['kmm sceurity level 4', 'security'],
  ])('are read as what they mean: %s', (question, section) => {
    expect(reader.read(question).places.sections.map((each) => each.section)).toContain(section)
  })

  it('are nothing that has a capital, or is a word itself', () => {
    const { terms } = reader.read('Polity and contest')
    expect(terms.map(({ stem }) => stem)).toContain('contest')
  })
})

describe('words', () => {
  it('adds what abbreviations and everyday words stand for, at less weight', () => {
    const { terms } = reader.read('k8s passwords')
    const weightOf = (stem: string) => terms.find((term) => term.stem === stem)?.weight ?? 0
    expect(weightOf('kubernet')).toBeGreaterThan(0)
    expect(weightOf('secret')).toBeGreaterThan(0)
    expect(weightOf('secret')).toBeLessThan(weightOf('password'))
  })

  it('does not search for the name of a model', () => {
    expect(reader.read('Who is the Cloud Native Maturity Model written for?').terms.map((term) => term.stem)).toEqual(['written'])
    expect(reader.read('cncf culture').terms.map((term) => term.stem)).not.toContain('cncf')
  })
})
