import { describe, expect, it } from 'vitest'
import { say } from '../../messages/message.ts'
import type { ReadOnlyDisk } from '../../observe/read-only-disk.ts'
import { runDetector } from '../detector.ts'
import { nodeView } from '../node-view.contract.ts'
import { filesystemReadOnly } from './filesystem-read-only.ts'

const found = (value: readonly ReadOnlyDisk[]) =>
  runDetector(
    filesystemReadOnly,
    nodeView([500], { readOnlyDisks: { value, source: 'mountinfo', observedAt: 0 } }),
  )

describe('filesystem-read-only', () => {
  it.each([
    [
      { mountPoint: '/', keeps: ['kubelet', 'runtime', 'logs'] },
      /of the kubelet and the runtime and the logs/,
    ],
    [{ mountPoint: '/data', keeps: ['runtime'] }, /\/data, with the things of the runtime, is read-only/],
  ] satisfies [ReadOnlyDisk, RegExp][])('names the disk and whose it is: %o', (disk, sentence) => {
    const [finding, ...others] = found([disk])
    expect(others).toEqual([])
    expect(finding?.severity).toBe('critical')
    expect(say(finding!.message, 'en')).toMatch(sentence)
    expect(say(finding!.message, 'zh-CN')).toContain('只读')
  })

  it('is quiet where all can be written to, and where nobody looked', () => {
    expect(found([])).toEqual([])
    expect(runDetector(filesystemReadOnly, nodeView([500]))).toEqual([])
  })
})
