import type { CommandContext } from '@stricli/core'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { message, say, type Message } from '../../core/messages/message.ts'
import { names } from '../../core/messages/text.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import type { Notice } from '../../core/tell/notice.ts'
import { formatInstant } from '../../core/units/instant.ts'
import { openChannels, type ConfiguredChannel } from '../configuration/open-channels.ts'
import { readConfiguration } from '../configuration/read-configuration.ts'
import { describeFailure } from './failure.ts'
import type { NotifyTestFlags } from './notify-flags.ts'
import { languageFor } from './options.ts'

/** `kubepatrol notify test`: exit status 0 when every channel took the message, 3 when one did not. */
export async function notifyTest(this: CommandContext, flags: NotifyTestFlags, only?: string): Promise<void> {
  const language = languageFor(flags.lang)
  const configuration = await readConfiguration(flags.config)
  const opening = { path: flags.config, language, env: process.env, now: Date.now }
  const all = await openChannels(configuration, opening)
  const channels = only === undefined ? all : all.filter(({ channel }) => channel.id === only)
  if (only !== undefined && channels.length === 0)
    throw coded('KP_CHANNEL_UNKNOWN', { channel: only, channels: names(all.map(nameOf), language) })
  const print = (line: string) => void process.stdout.write(`${neutraliseText(line)}\n`)
  const sentence = (one: Message) => print(say(one, language))
  if (channels.length === 0) sentence(message('notify.none', { path: flags.config }))
  await Promise.all(
    channels.map(async ({ channel, type }) => {
      const begunAt = performance.now()
      try {
        await channel.tell(testNotice(channel.id, Date.now()))
        const milliseconds = Math.round(performance.now() - begunAt)
        sentence(message('notify.delivered', { channel: channel.id, type, milliseconds }))
      } catch (failure) {
        sentence(message('notify.failed', { channel: channel.id, type }))
        print(`  ${describeFailure(failure, language)}`)
        process.exitCode = 3
      }
    }),
  )
}

function nameOf({ channel }: ConfiguredChannel): string {
  return channel.id
}

function testNotice(channel: string, at: number): Notice {
  const key = `test/${channel}/${formatInstant(at)}`
  const news = [message('tell.this-is-a-test', { channel })]
  return {
    key,
    kind: 'test',
    at,
    thread: key,
    severity: 'info',
    worst: 'info',
    incidents: [],
    news,
    covers: [],
  }
}
