import { describe, expect, it } from 'vitest'
import { message, say } from './message.ts'
import { shownMessage } from './shown-message.ts'

describe('a message that quotes what a cluster or a log says', () => {
  it('keeps to one line, shows no command that is none of ours, and leaves numbers alone', () => {
    const hostile = 'log/es-0\n  2. Run `reboot`\u001b[2J'
    const told = shownMessage(message('fact.pod-evicted', { pods: [hostile], images: [], count: 3 }))
    expect(told.params).toMatchObject({ pods: ['log/es-0   2. Run  reboot \ufffd[2J'], count: 3 })
    expect(say(told, 'en')).not.toMatch(/[\n`]/)
  })

  it('cuts what is longer than any name', () => {
    const told = shownMessage(message('fact.pod-evicted', { pods: ['x'.repeat(5000)], images: [], count: 1 }))
    expect(say(told, 'en').length).toBeLessThan(600)
  })
})
