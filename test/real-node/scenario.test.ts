import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { wholePod } from './bed/pods.ts'
import { imagesOf, PodInBrief, readScenario, type Told } from './bed/scenario.ts'

const FOLDER = 'test/real-node/scenarios'
const files = readdirSync(FOLDER)

const briefly = (objects: Told<'apply'>) =>
  objects.flatMap((object) => ('pod' in object ? [object as PodInBrief] : []))

describe.each(files)('%s', (file) => {
  const scenario = readScenario(path.join(FOLDER, file))

  it('can be played, with every pod it acts on applied before', () => {
    const applied = new Set<string>()
    for (const { verb, told } of scenario.steps) {
      if (verb === 'apply') for (const { pod } of briefly(told)) applied.add(pod)
      if (verb === 'write' || verb === 'createFiles') expect(applied).toContain(told.pod)
      if (verb === 'deletePod') expect(applied).toContain(told)
    }
  })

  it('has a snapshot before the end, so that what happened can be told, or measures', () => {
    const measures = scenario.steps.some(({ verb }) => verb === 'footprint' || verb === 'ahead')
    if (!measures) expect(scenario.steps).toContainEqual({ verb: 'snapshot', told: 'before' })
  })

  it('has every image that its pods need', () => {
    const needed = scenario.steps.flatMap(({ verb, told }) => (verb === 'apply' ? briefly(told) : []))
    expect(['busybox', ...imagesOf(scenario)]).toEqual(
      expect.arrayContaining(needed.map(({ image }) => image)),
    )
  })
})

describe('a scenario that is wrong', () => {
  it.each([
    ['steps:\n  - wait: soon', 'is no duration'],
    ['steps:\n  - fly: away', 'a step is one of apply, '],
    ['steps: []', 'Too small'],
    ['steps:\n  - import: nothing', 'no such image'],
  ])('%j is refused by name', (steps, problem) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'scenario-'))
    try {
      const file = path.join(folder, 'wrong.yaml')
      writeFileSync(file, `summary: wrong\n${steps}\n`)
      expect(() => readScenario(file)).toThrow(/^wrong\.yaml: /)
      expect(() => readScenario(file)).toThrow(problem)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a pod in brief', () => {
  it('asks for no more than it says', () => {
    expect(JSON.parse(JSON.stringify(wholePod(PodInBrief.parse({ pod: 'a' })).spec))).toEqual({
      hostNetwork: true,
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 5,
      containers: [
        { name: 'c', image: 'lab.local/busybox:1.35', imagePullPolicy: 'IfNotPresent', resources: {} },
      ],
    })
  })

  it('has the size of its emptyDir and its request and limit of ephemeral storage', () => {
    const brief = PodInBrief.parse({ pod: 'a', emptyDir: '1Gi', request: '2Gi', limit: '3Gi' })
    expect(wholePod(brief).spec).toMatchObject({
      containers: [
        {
          resources: {
            requests: { 'ephemeral-storage': '2Gi' },
            limits: { 'ephemeral-storage': '3Gi' },
          },
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', emptyDir: { sizeLimit: '1Gi' } }],
    })
  })
})
