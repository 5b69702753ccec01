import { describe, expect, it } from 'vitest'
import { findIncidents } from '../../incident/find-incidents.ts'
import { foldFacts, inOrder, withoutFirstStates } from '../fold.ts'
import { createFramer } from '../frame/framer.ts'
import { nodeDisk } from '../node-disk.ts'
import { readFacts } from '../read-facts.ts'
import { explanationHtml } from './html.ts'
import { explanationMarkdown } from './markdown.ts'
import { explanationText, plainStyle } from './text.ts'

function explain(...lines: string[]) {
  const framer = createFramer({ file: 'log', year: 2020 })
  const records = [...lines.flatMap((line) => framer.push(line)), ...framer.end()]
  const facts = inOrder(withoutFirstStates(foldFacts([], records.flatMap(readFacts))))
  const state = nodeDisk(facts)
  const files = [{ path: 'log', nodeDisk: state, lines: lines.length, error: null }]
  return { facts, nodeDisk: state, incidents: findIncidents({ facts, imageNames: new Map() }), files }
}
const textOf = (...lines: string[]) => explanationText(explain(...lines), 'en', plainStyle, 500)
const klog = (text: string) => `E1107 05:44:51.031315   13241 kubelet.go:1278] ${text}`

describe('a report', () => {
  it('tells what belongs to no incident of a disk, in every form', () => {
    const explanation = explain(klog('"Eviction manager: pod is evicted successfully" pod="shop/api-1"'))
    for (const written of [
      explanationText(explanation, 'en', plainStyle),
      explanationMarkdown(explanation, 'en'),
      explanationHtml(explanation, 'en'),
    ]) {
      expect(written).toContain('No trouble with a disk is stated in this line')
      expect(written).toContain('shop/api-1 was evicted.')
    }
  })

  it('gives the age of what only a row of a table tells', () => {
    const text = textOf(
      'default   3m12s   Warning   EvictionThresholdMet   node/n1   Attempting to reclaim ephemeral-storage',
    )
    expect(text).toContain('3m12s ago  An eviction threshold was met')
    expect(text).not.toMatch(/\d\d:\d\d:\d\d/)
  })

  it('tells a collection that freed nothing once', () => {
    const text = textOf(
      klog(
        'Image garbage collection failed multiple times in a row: failed to garbage collect required amount of images. Wanted to free 21849563955 bytes, but freed 0 bytes',
      ),
    )
    expect(text).toContain('freed nothing of the 21.8 GB it wanted')
    expect(text).not.toContain('and got 0 B')
  })

  it('prints no value that is cut', () => {
    const text = textOf(
      klog('"Disk usage on image filesystem is over the high threshold, trying to free bytes down'),
    )
    expect(text).not.toContain('undefined')
  })
})
