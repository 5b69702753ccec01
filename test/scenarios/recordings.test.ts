import { beforeAll, describe, expect, it } from 'vitest'
import { incidentDocument } from '../../src/core/incident/incident-document.ts'
import { formatInstant, parseInstant } from '../../src/core/units/instant.ts'
import { chainIds, inEnglish, playRecording, type Played } from './play-recording.ts'

describe('the recorded incident', () => {
  let played: Played
  beforeAll(async () => {
    played = await playRecording('incident')
  })

  it('is one incident, still open, for es-0 cannot start', () => {
    expect(played.incidents).toHaveLength(1)
    expect(played.incidents[0]).toMatchObject({
      state: 'open',
      severity: 'critical',
      cause: { id: 'disk-filled', certainty: 'inferred' },
    })
  })

  it('says what the data can bear of the cause, and how to check', () => {
    const sentence = inEnglish(played.incidents[0]?.cause.message)
    expect(sentence).toContain('from 932 MB to 281 MB in 13 s')
    expect(sentence).toContain('About 640 MB are in no image, no container log and no writable layer')
    expect(sentence).toContain('Suspected, not proven')
    expect(sentence).toContain('log/es-0')
    expect(sentence).toContain('`du -xsh /mnt/node/pv/es-0`')
  })

  it('tells what followed in the order of its instants', () => {
    const chain = played.incidents[0]?.chain ?? []
    expect(chainIds(played.incidents[0])).toEqual([
      'disk-filled',
      'disk-pressure-condition',
      'eviction-threshold-met',
      'node-level-reclaim',
      'pod-evicted',
      'pod-admission-rejected',
      'eviction-cleanup-timeout',
      'node-level-reclaim',
      'image-gc-removed-image',
      'reclaim-succeeded',
      'disk-pressure-cleared',
      'sandbox-image-missing',
    ])
    const instants = chain.map(({ at }) => at ?? 0)
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
    for (const link of chain.slice(1)) {
      expect(link.rule).not.toBeNull()
      expect(link.facts.length).toBeGreaterThan(0)
    }
  })

  it('explains each step as an expert would', () => {
    const sentences = (played.incidents[0]?.chain ?? []).map(({ message }) => inEnglish(message))
    expect(sentences[3]).toContain('removed nothing: all 5 idle images were too young')
    expect(sentences[4]).toBe(
      'log/es-0 was evicted, ranked first for 350 MB of container log; what its volume holds never counts.',
    )
    expect(sentences[5]).toContain('log/es-0 was refused 2 times')
    expect(sentences[8]).toContain('lab.local/pause:3.2 is the pause image')
    expect(sentences[8]).toContain(
      'lab.local/busybox:1.35 was idle only because its pod had just been evicted',
    )
  })

  it('names everybody it harms', () => {
    expect(played.incidents[0]?.affected).toEqual({
      images: [
        'lab.local/app5:1.0',
        'lab.local/app6:1.0',
        'lab.local/pause:3.2',
        'lab.local/app3:1.0',
        'lab.local/app4:1.0',
        'lab.local/busybox:1.35',
      ],
      pods: ['log/es-0'],
      volumes: ['log/data-es-0'],
      nodes: ['lab-node'],
    })
  })

  it('tells before the kubelet acts, and never twice the same', () => {
    const [first] = played.changes
    expect(first?.kind).toBe('opened')
    expect(first?.at).toBeLessThan(parseInstant('2026-11-24T08:22:34Z') ?? 0)
    const keys = played.changes.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(played.changes.length).toBeLessThanOrEqual(8)
  })

  it('knows nothing of the future', async () => {
    const before = await playRecording('incident', 1000, parseInstant('2026-11-24T08:23:00Z'))
    const [incident] = before.incidents
    expect(chainIds(incident)).not.toContain('image-gc-removed-image')
    const instants =
      incident?.chain.flatMap(({ at, facts }) => [at ?? 0, ...facts.map(({ lastAt }) => lastAt ?? 0)]) ?? []
    expect(Math.max(...instants)).toBeLessThanOrEqual(parseInstant('2026-11-24T08:23:00Z') ?? 0)
    expect(JSON.stringify(incident && incidentDocument(incident, 'en'))).not.toContain('08:23:04')
  })

  it('comes to the same end whatever the length of a round, only not as early', async () => {
    const slow = await playRecording('incident', 5000)
    const document = (one: Played) => {
      const [incident] = one.incidents
      return incident && { ...incidentDocument(incident, 'en'), id: '', openedAt: null, updatedAt: null }
    }
    const { chain: slowChain, ...slowRest } = document(slow) ?? { chain: [] }
    const { chain, ...rest } = document(played) ?? { chain: [] }
    expect(slowRest).toEqual(rest)
    expect(slow.incidents[0]?.openedAt).toBeGreaterThanOrEqual(played.incidents[0]?.openedAt ?? Infinity)
    expect(slowChain.map(({ id, message }) => [id, message])).toEqual(
      chain.map(({ id, message }) => [id, message]),
    )
  })
})

describe('the other recordings', () => {
  it('a healthy node yields no incident, and nothing is told', async () => {
    const { incidents, changes } = await playRecording('healthy')
    expect(incidents).toEqual([])
    expect(changes).toEqual([])
  })

  it('a collection that removes one of the images never used, and is over', async () => {
    const { incidents } = await playRecording('never-used-first')
    expect(incidents).toHaveLength(1)
    expect(chainIds(incidents[0])).toEqual(['disk-filled', 'image-gc-started', 'image-gc-removed-image'])
    expect(incidents[0]).toMatchObject({ state: 'resolved', affected: { images: ['lab.local/app6:1.0'] } })
  })

  it('a collection that frees nothing, for every image is too young', async () => {
    const { incidents } = await playRecording('young-images')
    expect(incidents).toHaveLength(1)
    expect(chainIds(incidents[0])).toEqual([
      'disk-filled',
      'image-gc-started',
      'image-gc-failed',
      'image-gc-freed-nothing',
    ])
    expect(incidents[0]).toMatchObject({ state: 'open', affected: { images: [], pods: [] } })
    expect(inEnglish(incidents[0]?.chain.at(-1)?.message)).toContain('all 7 idle images were too young')
  })

  it('a local volume whose directory is gone', async () => {
    const { incidents } = await playRecording('missing-volume-path')
    expect(incidents).toHaveLength(1)
    expect(incidents[0]).toMatchObject({
      state: 'open',
      cause: { id: 'volume-unavailable' },
      affected: { pods: ['log/es-0'], volumes: ['log/data-es-0'] },
    })
    expect(inEnglish(incidents[0]?.advice[0])).toContain('`mkdir -p /mnt/node/pv/es-0`')
    expect(formatInstant(incidents[0]?.openedAt ?? 0)).toMatch(/^2026-11-24T08:49:09/)
  })
})
