import { beforeAll, describe, expect, it } from 'vitest'
import { checkCorpus } from './check-corpus.ts'
import { BUILT_IN_CORPUS, loadCorpus, readModelFiles } from './load-corpus.ts'
import { type Corpus, passageId } from './passage.ts'
import { formatProblem } from './problem.ts'

type Levels = readonly number[]
const ALL_FIVE: Levels = [1, 2, 3, 4, 5]
const NONE: Levels = []

/** What everything outside the project relies on: a section and its levels, none for one that has no levels. */
const CONTRACT: Record<string, Record<string, Levels>> = {
  cncf: {
    'business-outcomes': ALL_FIVE,
    'people/overview': ALL_FIVE,
    'people/organizational-change': ALL_FIVE,
    'people/teams-and-decentralization': ALL_FIVE,
    'people/upskilling': ALL_FIVE,
    'people/security': ALL_FIVE,
    'people/culture': ALL_FIVE,
    'people/ai': ALL_FIVE,
    'people/certifications': NONE,
    'policy/overview': ALL_FIVE,
    'policy/creation': ALL_FIVE,
    'policy/compliance': ALL_FIVE,
    'policy/ai': ALL_FIVE,
    'process/overview': ALL_FIVE,
    'process/audit-and-logs': ALL_FIVE,
    'process/software-delivery': ALL_FIVE,
    'process/security': ALL_FIVE,
    'technology/overview': ALL_FIVE,
    'technology/architecture': ALL_FIVE,
    'technology/platforms': ALL_FIVE,
    'technology/application-patterns': ALL_FIVE,
    'technology/containers': ALL_FIVE,
    'technology/release-and-operations': ALL_FIVE,
    'technology/testing': ALL_FIVE,
    'technology/security-and-policy': ALL_FIVE,
    'technology/cost-and-sustainability': ALL_FIVE,
    'technology/ai': ALL_FIVE,
    'prologue/survey': NONE,
    'prologue/audience': NONE,
    'prologue/structure': NONE,
    'prologue/fit': NONE,
    'prologue/prerequisites': NONE,
    'prologue/when': NONE,
    'prologue/journey': NONE,
    'prologue/technologies': NONE,
  },
  fairwinds: { phases: [1, 2, 3, 4, 5, 6, 7], introduction: NONE },
  kmm: { culture: ALL_FIVE, architecture: ALL_FIVE, automation: ALL_FIVE, security: ALL_FIVE, scalability: ALL_FIVE, introduction: NONE },
  indellient: {
    stages: ALL_FIVE,
    'stages/managed-or-self-managed': [1],
    'stages/iac': [1],
    'stages/installers': [1],
    'stages/delivery': [2],
    'stages/monitoring-and-logging': [2],
    'stages/gitops': [2],
    'stages/ci': [3],
    'stages/local-tools': [3],
    'stages/local-development': [4],
    'stages/tracing': [4],
    'stages/scanning': [4],
    'stages/service-mesh': [5],
    'stages/secrets-management': [5],
    'stages/runtime-compliance': [5],
    'stages/culture': ALL_FIVE,
    introduction: NONE,
    conclusion: NONE,
  },
  plural: { stages: [1, 2, 3], 'stages/self-service': [3], 'stages/ai-operations': [3], introduction: NONE, conclusion: NONE },
}

const HEADS = [
  { id: 'cncf', shape: 'continuous', levelWord: 'Level', levels: ['Build', 'Operate', 'Scale', 'Improve', 'Adapt'] },
  {
    id: 'fairwinds',
    shape: 'staged',
    levelWord: 'Phase',
    levels: ['Prepare', 'Transform', 'Deploy', 'Build Confidence', 'Improve Operations', 'Measure & Control', 'Optimize & Automate'],
  },
  { id: 'kmm', shape: 'continuous', levelWord: 'Level', levels: ALL_FIVE.map(() => undefined) },
  {
    id: 'indellient',
    shape: 'staged',
    levelWord: 'Stage',
    levels: ['Bootstrapping and Provisioning', 'Team-Wide Adoption', 'Project Onboarding', 'Developer Enablement', 'Cross-Team Adoption'],
  },
  { id: 'plural', shape: 'staged', levelWord: 'Stage', levels: ['Infrastructure as Code', 'Continuous Deployment', 'Self-Service and AI-Driven Operations'] },
]

const ORIGINALS: Record<string, string> = {
  fairwinds: 'https://www.fairwinds.com/blog/kubernetes-maturity-model-expected-business-outcomes',
  kmm: 'https://rtsab.github.io/docs/kubernetes/kubernetes-maturity-model',
  indellient: 'https://www.indellient.com/blog/the-5-stages-of-kubernetes-maturity/',
  plural: 'https://www.plural.sh/blog/checking-your-kubernetes-maturity-a-practical-guide',
}

let corpus: Corpus
beforeAll(async () => {
  corpus = (await loadCorpus()).corpus
})

it('has no problems', async () => {
  expect(checkCorpus(await readModelFiles(BUILT_IN_CORPUS)).map(formatProblem)).toEqual([])
})

describe.each(Object.entries(CONTRACT))('%s', (model, sections) => {
  const cells = Object.entries(sections).flatMap(([section, levels]) =>
    levels.length === 0 ? [passageId(model, section, null)] : levels.map((level) => passageId(model, section, level)),
  )

  it(`has every one of its ${cells.length} cells`, () => {
    expect(cells.filter((id) => corpus.passage(id) === undefined)).toEqual([])
  })

  it('has no section or level that the contract does not know; a section with levels may have an introduction', () => {
    const known = new Set([...cells, ...Object.keys(sections).map((section) => passageId(model, section, null))])
    const dimensions = new Set(
      Object.keys(sections).flatMap((section) => (section.includes('/') ? [passageId(model, section.split('/')[0] as string, null)] : [])),
    )

    expect(corpus.passages.filter((passage) => passage.model === model && !known.has(passage.id) && !dimensions.has(passage.id)).map(({ id }) => id)).toEqual(
      [],
    )
  })

  it('names its original', () => {
    const addresses = new Set(corpus.passages.filter((passage) => passage.model === model).map((passage) => passage.url))

    if (model === 'cncf') {
      const pages = ['business_outcomes', 'people', 'policy', 'process', 'prologue', 'technology']
      expect([...addresses].toSorted()).toEqual(pages.map((page) => `https://maturitymodel.cncf.io/aspects/${page}/`))
    } else expect([...addresses]).toEqual([ORIGINALS[model]])
  })
})

it.each(HEADS)('$id is $shape and calls its levels as its authors do', ({ id, shape, levelWord, levels }) => {
  const model = corpus.model(id)

  expect(model).toMatchObject({ shape, levelWord })
  expect(model?.levels.map(({ name }) => name)).toEqual(levels)
})

it('holds no other model', () => {
  expect(corpus.models.map(({ id }) => id).toSorted()).toEqual(Object.keys(CONTRACT).toSorted())
})
