import { afterEach, beforeEach, expect, it } from 'vitest'
import type { KubeletLogSource } from '../../src/core/observe/host/kubelet-log.ts'

/** A log that a test writes to, as a kubelet does. */
export interface WrittenLog {
  source(): KubeletLogSource
  write(lines: readonly string[]): Promise<void>
  /** Begins a new file and keeps the old one, whichever way. */
  rotate(): Promise<void>
  /** The message in a line of the source. */
  messageOf(text: string): string
  remove(): Promise<void>
}

/** What every source of a kubelet's log does. */
export function kubeletLogContract(begin: () => Promise<WrittenLog>): void {
  let log: WrittenLog
  let source: KubeletLogSource
  beforeEach(async () => {
    log = await begin()
    await log.write(['first'])
    source = log.source()
  })
  afterEach(async () => {
    await source.close()
    await log.remove()
  })

  /** What the next call gives; a log that is written asynchronously gives it a little later. */
  async function next(count: number): Promise<string[]> {
    const messages: string[] = []
    for (let calls = 0; calls < 100 && messages.length < count; calls++) {
      const { lines, gap } = await source.read()
      expect(gap).toBeUndefined()
      messages.push(...lines.map(({ text }) => log.messageOf(text)))
      if (messages.length < count) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const { lines } = await source.read()
    return [...messages, ...lines.map(({ text }) => log.messageOf(text))]
  }

  it('gives what was written of late, and then each line once', async () => {
    expect(await next(1)).toEqual(['first'])
    await log.write(['second', 'third'])
    expect(await next(2)).toEqual(['second', 'third'])
    expect(await next(0)).toEqual([])
  })

  it('loses no line and gives none twice when the log is rotated, once or twice between two calls', async () => {
    await next(1)
    await log.write(['a', 'b'])
    await log.rotate()
    await log.write(['c'])
    expect(await next(3)).toEqual(['a', 'b', 'c'])
    await log.write(['d'])
    await log.rotate()
    await log.write(['e'])
    await log.rotate()
    await log.write(['f'])
    expect(await next(3)).toEqual(['d', 'e', 'f'])
  })

  it('goes on when the log was rotated with nothing left to read', async () => {
    await next(1)
    await log.rotate()
    expect(await next(0)).toEqual([])
    await log.write(['after a longer line than before, and more'])
    expect(await next(1)).toEqual(['after a longer line than before, and more'])
  })

  it('takes text of any kind', async () => {
    await next(1)
    const hostile = ['镜像垃圾回收失败', 'a "__CURSOR":"x" in it, and \\', 'tab\tand quote "']
    await log.write(hostile)
    expect(await next(3)).toEqual(hostile)
  })
}
