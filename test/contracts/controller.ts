import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Pod } from '../../src/core/kubernetes/pod.ts'
import type { Controller } from '../../src/core/observe/agents/agent-round.ts'
import {
  MOST_HANDED_FACTS,
  MOST_HANDED_READINGS,
  type HandedRounds,
} from '../../src/core/observe/agents/handed-rounds.ts'
import { toldPod } from '../../src/core/observe/agents/told-pods.ts'
import { aReading } from './a-round.ts'
import { aStatement, anAgentRound } from './an-agent-round.ts'

/** A controller that agents hand rounds to, and what has arrived there. */
export interface ControllerSubject {
  controller: Controller
  arrived: Pick<HandedRounds, 'collect' | 'keep' | 'know'>
  close(): Promise<void>
}

/** What every way to a controller does with rounds. @param start makes one whose clock says 5000 */
export function controllerContract(name: string, start: () => Promise<ControllerSubject>): void {
  describe(`a controller: ${name}`, () => {
    let subject: ControllerSubject
    beforeEach(async () => {
      subject = await start()
    })
    afterEach(() => subject.close())
    const hand = (...round: Parameters<typeof anAgentRound>) =>
      subject.controller.hand(anAgentRound(...round))
    const ofNode = (node = 'n1') => subject.arrived.collect().get(node)

    it('has what it was handed, whole, and when', async () => {
      const part = <T>(value: T) => ({ value, source: 'test', observedAt: 7 })
      const node = {
        kubeletVersion: 'v1.28.3',
        sandboxImage: 'pause:3',
        images: part([
          { id: 'sha256:1', names: ['a:1', '名'], isPinned: true as const, reportedBytes: 2 },
          { names: [], pullable: { state: 'no' as const, why: 'missing' as const, checkedAt: 3 } },
        ]),
        summary: part({
          pods: [],
          claimFilesystems: [{ claim: 'log/data', capacityBytes: 5, inodes: 6 }],
        }),
        diskAttribution: part([]),
        imagefs: [aReading(1)],
        facts: [aStatement('sub\u0007ject', 1)],
        imageNames: { 'sha256:1': ['a:1'] },
      }
      const gaps = [{ part: 'runtime', node: 'n1', why: 'timed-out' as const, detail: 'x' }]
      expect(await hand(1, { node, gaps })).toBeUndefined()
      const { run, observedAt, every, ...handed } = ofNode() ?? {}
      expect([run, observedAt, every]).toEqual(['run-1', 10_000, 10_000])
      expect(handed).toMatchObject({
        receivedAt: 5000,
        gaps,
        node: { name: 'n1', nodefs: [aReading(1)], ...node },
      })
    })

    it('knows nothing of nodes that nobody spoke for', () => {
      expect(ofNode('other')).toBeUndefined()
    })

    it('counts a round once that is handed over again, since its answer was lost', async () => {
      await hand(1, { node: { facts: [aStatement('a', 1)] } })
      expect(await hand(1, { node: { facts: [aStatement('a', 1)] } })).toBeUndefined()
      await hand(2)
      await hand(1)
      expect(ofNode()).toMatchObject({ observedAt: 20_000, node: { facts: [aStatement('a', 1)] } })
    })

    it('has the facts and readings of all rounds since it was last asked, once', async () => {
      await hand(1, {
        node: { facts: [aStatement('a', 1)], imageNames: { a: ['1'] }, imagefs: [aReading(1)] },
      })
      await hand(2, { node: { facts: [aStatement('b', 2)], imageNames: { b: ['2'] } } })
      expect(ofNode()?.node).toEqual({
        name: 'n1',
        nodefs: [aReading(1), aReading(2)],
        imagefs: [aReading(1)],
        imageNames: { a: ['1'], b: ['2'] },
        facts: [aStatement('a', 1), aStatement('b', 2)],
      })
      expect(ofNode()?.node).toMatchObject({ nodefs: [], imagefs: [], facts: [], imageNames: {} })
      await hand(3)
      expect(ofNode()?.node.nodefs).toEqual([aReading(3)])
    })

    it('has the parts of the last round, not of those before', async () => {
      const containers = { value: [], source: 'cri', observedAt: 1 }
      await hand(1, { node: { containers, kubeletVersion: 'v1.20.0' } })
      expect(ofNode()?.node.containers).toEqual(containers)
      await hand(2, { node: { kubeletVersion: 'v1.21.0' } })
      expect(ofNode()?.node).toMatchObject({ kubeletVersion: 'v1.21.0' })
      expect(ofNode()?.node.containers).toBeUndefined()
    })

    it('takes an agent that began anew, and counts from one', async () => {
      await hand(9)
      await hand(1, { run: 'run-2', node: { facts: [aStatement('new', 1)] } })
      expect(ofNode()).toMatchObject({ run: 'run-2', node: { facts: [aStatement('new', 1)] } })
    })

    it('keeps a bounded number of facts and readings, the latest', async () => {
      for (const number of [1, 2]) {
        const facts = Array.from({ length: MOST_HANDED_FACTS }, (_, index) =>
          aStatement('', number * 1e6 + index),
        )
        const nodefs = Array.from({ length: MOST_HANDED_READINGS }, (_, index) =>
          aReading(number * 1e6 + index),
        )
        await hand(number, { node: { facts, nodefs } })
      }
      const { facts = [], nodefs = [] } = ofNode()?.node ?? {}
      expect([facts.length, facts[0]?.order]).toEqual([MOST_HANDED_FACTS, 2e6])
      expect([nodefs.length, nodefs[0]?.at]).toEqual([MOST_HANDED_READINGS, 2e6])
    })

    it('tells an agent the pods of its node, with priorities and requests, however often it asks', async () => {
      const pod = (nodeName: string) =>
        Pod.parse({
          metadata: { name: `on-${nodeName}`, uid: '1', labels: { a: 'b' } },
          spec: {
            nodeName,
            priority: 7,
            containers: [{ name: 'c', resources: { requests: { 'ephemeral-storage': '1Gi' } } }],
          },
          status: { phase: 'Running', message: 'long' },
        })
      subject.arrived.know({ value: [pod('n1'), pod('other')], source: 'watch', observedAt: 3 })
      const told = { pods: { value: [toldPod(pod('n1'))], source: 'watch', observedAt: 3 } }
      expect(await hand(1)).toEqual(told)
      expect(await hand(1)).toEqual(told)
      expect(JSON.stringify(told)).not.toMatch(/long|"a"/)
    })

    it('forgets nodes that are gone', async () => {
      await hand(1)
      subject.arrived.keep(new Set(['n1']))
      expect(ofNode()).toBeDefined()
      subject.arrived.keep(new Set(['other']))
      expect(ofNode()).toBeUndefined()
    })
  })
}
