import { describe, expect, it } from 'vitest'
import { createFramer } from '../explain/frame/framer.ts'
import { readFacts } from '../explain/read-facts.ts'
import { namesBySize } from './names-by-size.ts'

const framer = createFramer({ file: 'kubelet.log', year: 2026 })
const line =
  'I1124 08:23:05.019049 1 image_gc_manager.go:375] [imageGCManager]: Removing image "sha256:640d" to free 3973883 bytes'
const facts = [...framer.push(line), ...framer.end()].flatMap(readFacts)
const busybox = { names: ['lab.local/busybox:1.35'], reportedBytes: 3_973_883 }

describe('namesBySize', () => {
  it('names a removed image that alone has its size', () => {
    const images = [busybox, { names: ['lab.local/app:1'], reportedBytes: 5 }]
    expect(namesBySize(facts, images, {})).toEqual({ 'sha256:640d': ['lab.local/busybox:1.35'] })
  })

  it('names none when two have that size, or none has it', () => {
    expect(namesBySize(facts, [busybox, { ...busybox, names: ['other:1'] }], {})).toEqual({})
    expect(namesBySize(facts, [], {})).toEqual({})
  })

  it('leaves alone what is known', () => {
    expect(namesBySize(facts, [busybox], { 'sha256:640d': ['known:1'] })).toEqual({})
  })
})
