import { describe, expect, it } from 'vitest'
import { configuredNode, nodeView } from '../../detect/node-view.contract.ts'
import { parseKubeletVersion } from '../../kubelet/kubelet-version.ts'
import { Pod } from '../../kubernetes/pod.ts'
import type { NodeView } from '../../observe/node-view.ts'
import { simulatedKubelet } from '../simulation/simulated-kubelet.ts'
import { forecastNode } from '../node-forecast.ts'
import { pressureSoFar, type UnseenShortage } from './pressure-so-far.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** A node of 1,000 MB, with so many MB available for as long as is said, one after the other. */
function lasting(steps: readonly (readonly [megabytes: number, seconds: number])[], configuration: object) {
  const available = steps.flatMap(([megabytes, seconds]) => Array.from({ length: seconds }, () => megabytes))
  const { kubeletConfiguration } = configuredNode(configuration)
  return nodeView(available, {
    kubeletVersion: 'v1.27.3',
    ...(kubeletConfiguration && { kubeletConfiguration }),
  })
}

function so(view: NodeView, unseen: UnseenShortage = 'middle') {
  const version = parseKubeletVersion(view.kubeletVersion ?? '')
  const settings = view.kubeletConfiguration?.value
  if (!version || !settings) throw new Error('the node of a test has both')
  const kubelet = simulatedKubelet(settings, { version, startedAt: 0, layout: 'single' })
  return pressureSoFar(view, kubelet)[unseen]
}

const under = (since?: number): Partial<NodeView> => ({
  diskPressure: {
    value: { isUnder: true, ...(since === undefined ? {} : { since }) },
    source: 'test',
    observedAt: 0,
  },
})
const pod = Pod.parse({
  metadata: { name: 'p', namespace: 'default', uid: 'p' },
  spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'i' }] },
  status: { phase: 'Running' },
})
const free: Partial<NodeView> = { diskPressure: { value: { isUnder: false }, source: 'test', observedAt: 0 } }

describe('pressureSoFar (semantics §3.6)', () => {
  const hard = { evictionHard: { 'nodefs.available': '10%' } }
  const short = lasting([[200, 60], [50, 60], [200, 60]], hard) // prettier-ignore

  it('knows when a threshold was last met', () => {
    const { eviction, hasDiskPressure } = so({ ...short, ...under(60 * SECOND) })
    expect(hasDiskPressure).toBe(true)
    expect(eviction.pressureSeenAt).toBe(110 * SECOND)
    expect(eviction.firstObserved).toEqual([])
  })

  it('believes the condition of the Node rather than its own conclusion', () => {
    expect(so({ ...short, ...free })).toMatchObject({
      hasDiskPressure: false,
      eviction: { pressureSeenAt: null },
    })
    expect(so(short).hasDiskPressure).toBe(true)
  })

  it('forgets what was before the kubelet started', () => {
    expect(so({ ...short, kubeletStartedAt: 130 * SECOND }).hasDiskPressure).toBe(false)
  })

  it('knows since when a soft threshold is met', () => {
    const soft = {
      evictionSoft: { 'nodefs.available': '30%' },
      evictionSoftGracePeriod: { 'nodefs.available': '5m' },
    }
    const view = lasting([[400, 60], [200, 120]], soft) // prettier-ignore
    expect(so({ ...view, ...under(60 * SECOND) }).eviction.firstObserved).toMatchObject([{ at: 60 * SECOND }])
  })

  it('goes on with a threshold that was acted on until its minimum reclaim is available', () => {
    const reclaim = { ...hard, evictionMinimumReclaim: { 'nodefs.available': '200Mi' } }
    const acting = lasting([[50, 60], [200, 60]], reclaim) // prettier-ignore
    expect(so({ ...acting, ...under(0) }).eviction.actedOn).toHaveLength(1)
    const enough = lasting([[50, 60], [400, 60]], reclaim) // prettier-ignore
    expect(so({ ...enough, ...under(0) }).eviction.actedOn).toEqual([])
    // What began before the first reading may be that.
    const later = lasting([[200, 60]], reclaim)
    expect(so({ ...later, ...under(-MINUTE) }).eviction.actedOn).toHaveLength(1)
    expect(so({ ...later, ...under(MINUTE) }).eviction.actedOn).toEqual([])
  })

  it('takes a shortage that no reading shows to have ended before the first of them', () => {
    const view = { ...lasting([[500, 60]], hard), ...under(-10 * MINUTE) }
    const seen = (unseen: UnseenShortage) => so(view, unseen).eviction.pressureSeenAt
    expect([seen('earliest'), seen('middle'), seen('latest')]).toEqual([-4 * MINUTE, -2 * MINUTE, 0])
  })
})

describe('a forecast of a node under pressure', () => {
  const hard = { evictionHard: { 'nodefs.available': '10%' } }
  const actions = (view: NodeView) =>
    forecastNode(view, { horizon: 60 * MINUTE }).actions.map(({ kind, at }) => [
      kind,
      ...[at.p10, at.p90].map(
        (instant) => instant !== null && Math.round((instant - view.observedAt) / SECOND),
      ),
    ])

  it('does not let begin what lasts, and says when it ends', () => {
    const view = lasting([[50, 300], [600, 300]], { ...hard, imageGCHighThresholdPercent: 100 }) // prettier-ignore
    // Five minutes after it was last met, which was at 290 s.
    expect(actions({ ...view, ...under(0), observedAt: 500 * SECOND })).toEqual([
      ['pressure-cleared', 80, 100],
    ])
    expect(actions({ ...view, ...free })).toEqual([])
  })

  it('counts the grace of a soft threshold from when it was met', () => {
    const view = lasting([[500, 60], [200, 240]], {
      imageGCHighThresholdPercent: 100,
      evictionSoft: { 'nodefs.available': '30%' },
      evictionSoftGracePeriod: { 'nodefs.available': '5m' },
    }) // prettier-ignore
    const pods = { value: [pod], source: 'test', observedAt: 0 }
    // Met at 60 s, acted on at 360: within a minute of now.
    expect(actions({ ...view, ...under(60 * SECOND), pods })).toEqual([['evict-pod', 50, 70]])
  })
})
