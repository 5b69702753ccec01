import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openChannels } from './open-channels.ts'
import { readConfiguration } from './read-configuration.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-config-'))
  file = path.join(folder, 'kubepatrol.yaml')
})
afterEach(() => rm(folder, { recursive: true }))

const read = async (text: string) => {
  await writeFile(file, text)
  return readConfiguration(file)
}
const open = async (text: string, env: Record<string, string> = {}) =>
  openChannels(await read(text), { path: file, language: 'en', env, now: Date.now })
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (cause: unknown) => (cause as Error).message,
  )

describe('the configuration', () => {
  it('that is given as an example is right', async () => {
    const configuration = await readConfiguration('examples/kubepatrol.yaml')
    expect(configuration.channels.map(({ type }) => type)).toEqual([
      'slack',
      'dingtalk',
      'alertmanager',
      'email',
      'webhook',
    ])
  })

  it('may be empty', async () => {
    expect(await read('')).toMatchObject({ channels: [], telling: { quietFor: '1h', mostAtOnce: 10 } })
  })

  it.each([
    ['channels: [{type: pigeon}]', 'channels[0].type: needs a type, one of alertmanager, dingtalk'],
    ['channels: [{type: slack}]', 'channels[0].url: is a secret: write {env: NAME}'],
    ['channels: [{type: slack, url: https://hooks/whisper}]', 'channels[0].url: is a secret'],
    ['channels: [{type: webhook, url: ftp://x}]', 'channels[0].url: is no address'],
    ['channels: [{type: slack, url: {env: A}, colour: red}]', 'channels[0].colour: there is no such field'],
    [
      'channels: [{type: slack, url: {env: A}}, {type: slack, url: {env: B}}]',
      'channels[1].name: another channel',
    ],
    ['channels: [{type: slack, url: {env: A}, severities: [loud]}]', 'channels[0].severities[0]:'],
    [
      'channels: [{type: email, host: h, from: "a@b\\nBcc: c@d", to: [x@y]}]',
      'channels[0].from: is no mail address',
    ],
    ['telling: {quietFor: soon}', 'telling.quietFor: is no time span'],
    ['baseUrl: javascript:alert(1)', 'baseUrl: is no http or https address'],
    ['[1]', 'the file:'],
  ])('that is wrong says where and why: %s', async (text, said) => {
    const message = await failure(read(text))
    expect(message).toContain(`KP_CONFIG_INVALID: ${file}: ${said}`)
    expect(message).not.toContain('whisper')
  })

  it('that is no YAML names the line, and quotes nothing of it', async () => {
    const message = await failure(read('language: en\nchannels:\n  - url: "whisper\n'))
    expect(message).toMatch(/^KP_CONFIG_SYNTAX: .*kubepatrol\.yaml, line \d/)
    expect(message).not.toContain('whisper')
  })

  it('that is a bomb of aliases is refused', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (let letter = 98; letter < 107; letter++) {
      const [name, before] = [String.fromCharCode(letter), String.fromCharCode(letter - 1)]
      lines.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`)
    }
    expect(await failure(read(lines.join('\n')))).toContain('KP_CONFIG_')
  })

  it('that cannot be read says so', async () => {
    expect(await failure(readConfiguration(path.join(folder, 'none.yaml')))).toContain('KP_CONFIG_UNREADABLE')
    expect(await failure(readConfiguration(folder))).toContain('it is no regular file')
  })
})

describe('secrets', () => {
  const slack = (url: string) => `channels: [{type: slack, url: ${url}}]`

  it('come from the environment, or from a file beside the configuration', async () => {
    await mkdir(path.join(folder, 'secrets'))
    await writeFile(path.join(folder, 'secrets/slack'), 'https://hooks.example/x\n')
    expect(await open(slack('{env: URL}'), { URL: 'https://hooks.example/x' })).toHaveLength(1)
    expect(await open(slack('{file: secrets/slack}'))).toHaveLength(1)
  })

  it.each<[string, Record<string, string>, string]>([
    ['{env: URL}', {}, 'The environment variable URL is not set'],
    ['{env: URL}', { URL: ' ' }, 'The environment variable URL is not set'],
    ['{env: URL}', { URL: 'whisper' }, 'This secret is no http or https address'],
    ['{env: URL}', { URL: 'https://me:whisper@x/' }, 'This secret is no http or https address'],
    ['{file: none}', {}, 'cannot be used as a secret (there is no such file)'],
    ['{file: /dev/zero}', {}, 'cannot be used as a secret (it is no regular file)'],
  ])('that cannot be had say where and why, and nothing of themselves: %s %j', async (url, env, said) => {
    const message = await failure(open(slack(url), env))
    expect(message).toContain(`KP_CONFIG_SECRET: ${file}: channels[0].url: `)
    expect(message).toContain(said)
    expect(message).not.toContain('whisper')
  })
})
