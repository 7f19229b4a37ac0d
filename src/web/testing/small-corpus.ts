/** Two invented models, one of each shape: enough to test every view, and proof that nothing about the real ones is built in. */
import { type Corpus, createCorpus, type Model, type Passage } from '../../corpus/passage.ts'

/** Text that would run, if anything took it for markup. */
export const HOSTILE = '<script>window.ran = true</script><img src=x onerror="window.ran = true">'

const gardens: Model = {
  id: 'gardens',
  title: 'Garden Maturity Model',
  shortTitle: 'Garden model',
  aliases: [],
  publisher: 'The Gardeners',
  author: 'A. Spade',
  version: '2.1',
  license: 'CC-BY-4.0',
  shape: 'continuous',
  levelWord: 'Level',
  levels: [{ number: 1, name: 'Seed' }, { number: 2, name: 'Sprout' }, { number: 3 }],
  sections: [
    { id: 'introduction', title: 'Introduction', aliases: [], levels: [] },
    { id: 'soil/water', title: 'Watering', dimension: 'Soil', aliases: [], levels: [1, 2, 3] },
    { id: 'soil/compost', title: 'Compost', dimension: 'Soil', aliases: [], levels: [2] },
  ],
}

const ponds: Model = {
  id: 'ponds',
  title: 'The Pond Ladder',
  shortTitle: 'Pond ladder',
  aliases: [],
  version: 'undated',
  license: 'Own words',
  shape: 'staged',
  levelWord: 'Stage',
  levels: [
    { number: 1, name: 'Puddle' },
    { number: 2, name: 'Lake' },
  ],
  sections: [{ id: 'stages', title: 'Stages', aliases: [], levels: [1, 2] }],
}

export function createSmallCorpus(): Corpus {
  return createCorpus(
    [gardens, ponds],
    [
      passage('gardens/introduction', { title: 'Garden Maturity Model › Introduction', text: 'Gardens grow in levels.' }),
      passage('gardens/soil/water', { title: 'Garden Maturity Model › Soil › Watering', text: 'Water comes first.' }),
      passage('gardens/soil/water/1', {
        level: 1,
        title: 'Garden Maturity Model › Soil › Watering › Level 1: Seed',
        text: 'Watering happens by hand. Nobody keeps a plan.',
      }),
      passage('gardens/soil/water/2', {
        level: 2,
        title: 'Garden Maturity Model › Soil › Watering › Level 2: Hoses',
        text: 'Hoses reach every bed. A plan says who waters when.\n\nThe plan covers:\n- Mornings in summer.\n- Weekends by rota.',
        seeAlso: ['ponds/stages/1', 'gardens/gone/1'],
      }),
      passage('gardens/soil/water/3', {
        level: 3,
        title: 'Garden Maturity Model › Soil › Watering › Level 3',
        text: `Sensors water the beds. ${HOSTILE} stays text.`,
        url: 'javascript:alert(1)',
      }),
      passage('gardens/soil/compost/2', { level: 2, title: 'Garden Maturity Model › Soil › Compost › Level 2: Sprout', text: 'Compost is turned weekly.' }),
      passage('ponds/stages/1', { level: 1, title: 'The Pond Ladder › Stages › Stage 1: Puddle', text: 'Rain fills the pond.' }),
      passage('ponds/stages/2', { level: 2, title: 'The Pond Ladder › Stages › Stage 2: Lake', text: 'A spring feeds the pond.' }),
    ],
  )
}

function passage(id: string, given: Pick<Passage, 'title' | 'text'> & Partial<Passage>): Passage {
  const level = given.level ?? null
  const path = id.split('/')
  return {
    id,
    model: path[0] as string,
    section: (level === null ? path.slice(1) : path.slice(1, -1)).join('/'),
    level,
    heading: given.title.split(' › ').at(-1) as string,
    url: 'https://gardens.example/model',
    indicator: level === null ? null : `${given.text.split('. ')[0]}.`,
    seeAlso: [],
    file: 'corpus/test.md',
    line: 1,
    ...given,
  }
}
