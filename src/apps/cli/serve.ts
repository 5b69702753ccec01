import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CommandContext } from '@stricli/core'
import { terminalChannel } from '../../adapters/tell/terminal/terminal-channel.ts'
import { message, say, type Message } from '../../core/messages/message.ts'
import { createPatrolServer } from '../../http/server.ts'
import { newToken } from '../../http/session.ts'
import { keepAndTell } from '../configured-telling.ts'
import { createPatrol } from '../patrol-loop.ts'
import { patrolView } from '../patrol-view.ts'
import { switchableView } from '../switchable-view.ts'
import { keepAddress } from './address-file.ts'
import { describeFailure } from './failure.ts'
import { languageFor } from './options.ts'
import type { ServeFlags } from './serve-flags.ts'
import { serveSubject } from './serve-subject.ts'
import type { ServeSubject } from './subject.ts'
import { untilStopped } from './until-stopped.ts'
import { version } from './version.ts'

/** `kubepatrol serve`: runs in the foreground until SIGINT or SIGTERM. */
export async function serve(this: CommandContext, flags: ServeFlags): Promise<void> {
  const { port } = flags
  const language = languageFor(flags.lang)
  const print = (sentence: Message) => process.stdout.write(`${say(sentence, language)}\n`)
  // Before anything is printed: who reads the address may end us at once.
  const stopped = untilStopped()
  const complain = (failure: unknown) => process.stderr.write(`${describeFailure(failure, language)}\n`)

  const first = await begin(await serveSubject(flags, complain))
  const view = switchableView(first.view)
  const webRoot = fileURLToPath(new URL('web', import.meta.url))
  const token = newToken()
  const server = await createPatrolServer({ view, token, webRoot, version, onFailure: complain })
  let watch = first
  let forgetAddress = async () => {}
  try {
    const bound = await server.listen(port)
    const url = `http://127.0.0.1:${bound}/#token=${token}`
    if (!existsSync(path.join(webRoot, 'index.html'))) print(message('serve.no-page', { folder: webRoot }))
    if (flags.addressFile === undefined) print(message('serve.address', { url }))
    else {
      forgetAddress = await keepAddress(flags.addressFile, url)
      print(message('serve.address-kept', { port: bound, file: flags.addressFile }))
    }
    for (;;) {
      for (const sentence of watch.subject.intro) print(sentence)
      const next = await watch.run(stopped)
      if (!next) break
      await watch.end()
      watch = await begin(next)
      view.show(watch.view)
    }
    if (!stopped.isOver()) {
      print(message('serve.finished'))
      await stopped
    }
  } finally {
    await forgetAddress()
    await server.close()
    await watch.end()
  }

  async function begin(subject: ServeSubject) {
    const kept = await keepAndTell({ config: flags.config, store: flags.store, language, complain })
    const { store, telling, onStoreFailure } = kept
    const stopping = new AbortController()
    const patrol = createPatrol({
      source: subject.source,
      clock: subject.clock(stopping.signal),
      store,
      channels: [terminalChannel(process.stdout, language)],
      ...(telling && { telling }),
      onChannelFailure: (_, failure) => complain(failure),
      onStoreFailure,
    })
    let running = Promise.resolve()
    return {
      subject,
      view: patrolView({ patrol, store, version, ...subject.shown(patrol) }),
      /** Patrols until the end of it, or until something else is wanted, which is then returned. */
      async run(until: Promise<unknown>): Promise<ServeSubject | undefined> {
        running = patrol.run()
        const ended = Promise.race([until, running]).then(() => undefined)
        const next = await Promise.race([ended, ...(subject.next ? [subject.next] : [])])
        // What was asked for just before the end comes too late: nobody else lets go of it, and it would keep us alive.
        if (!next) void subject.next?.then((late) => late.close()).catch(complain)
        return next
      },
      async end() {
        stopping.abort()
        await running.catch(() => undefined)
        await kept.close()
        await subject.close()
      },
    }
  }
}
