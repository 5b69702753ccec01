import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { email } from './email.ts'
import { CONTEXT, hostileNotice, longNotice } from './transport/channel.contract.ts'

interface Mail {
  to: string[]
  raw: string
}
let server: SMTPServer | undefined
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())))

async function mailServer(options: SMTPServerOptions = {}): Promise<{ port: number; mails: Mail[] }> {
  const mails: Mail[] = []
  const made = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      let raw = ''
      stream.setEncoding('utf8')
      stream.on('data', (piece: string) => (raw += piece))
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
        done()
      })
    },
    ...options,
  })
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', () => resolve()))
  return { port: (made.server.address() as AddressInfo).port, mails }
}

const options = (port: number, more: object = {}) =>
  ({
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'kubepatrol@example.com',
    to: ['ops@example.com', 'dba@example.com'],
    ...more,
  }) as never
const headerLines = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n')).split('\r\n')
const header = (raw: string, name: string) =>
  headerLines(raw)
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 2)

describe('email', () => {
  it('keeps the mails of an incident together, and says that one is the same when it is sent again', async () => {
    const { port, mails } = await mailServer()
    const channel = email.open(options(port), CONTEXT)
    await channel.tell(hostileNotice())
    await channel.tell(hostileNotice())
    await channel.tell(hostileNotice({ key: 'key-2', kind: 'resolved' }))
    const [first, again, last] = mails.map(({ raw }) => raw)
    expect(header(again ?? '', 'Message-ID')).toBe(header(first ?? '', 'Message-ID'))
    expect(header(last ?? '', 'Message-ID')).not.toBe(header(first ?? '', 'Message-ID'))
    expect(header(last ?? '', 'References')).toBe(header(first ?? '', 'References'))
    expect(header(last ?? '', 'Subject')).toBe(header(first ?? '', 'Subject'))
  })

  it('goes to those it is for and nobody else, whatever a name says', async () => {
    const { port, mails } = await mailServer()
    await email.open(options(port), CONTEXT).tell(hostileNotice())
    expect(mails[0]?.to).toEqual(['ops@example.com', 'dba@example.com'])
    const lines = headerLines(mails[0]?.raw ?? '')
    expect(lines.filter((line) => /^(Bcc|X-Evil)/i.test(line))).toEqual([])
    expect(mails[0]?.raw).not.toContain('\u001b')
  })

  it('is of a bounded size', async () => {
    const { port, mails } = await mailServer()
    await email.open(options(port), CONTEXT).tell(longNotice())
    expect(mails[0]?.raw.length).toBeLessThan(300_000)
  })

  it.each([
    [450, true],
    [550, false],
  ])('tells apart who cannot take it now and who never will: %d', async (responseCode, isRetryable) => {
    const refuse = Object.assign(new Error('mailbox says no'), { responseCode })
    const { port } = await mailServer({ onMailFrom: (_, __, done) => done(refuse) })
    const told = email.open(options(port), CONTEXT).tell(hostileNotice())
    await expect(told).rejects.toMatchObject({ isRetryable })
  })

  it('does not try a refused password again, and does not repeat it', async () => {
    const refuse = new Error('no: whisper')
    const { port } = await mailServer({ authOptional: false, onAuth: (_, __, done) => done(refuse) })
    const channel = email.open(options(port, { username: 'ops', password: 'whisper' }), CONTEXT)
    const failure: unknown = await channel.tell(hostileNotice()).catch((cause: unknown) => cause)
    expect(failure).toMatchObject({ code: 'KP_CHANNEL_REFUSED' })
    expect((failure as Error).message).not.toContain('whisper')
  })

  it('insists on encryption when it was told to', async () => {
    const { port, mails } = await mailServer()
    const told = email.open(options(port, { security: 'starttls' }), CONTEXT).tell(hostileNotice())
    await expect(told).rejects.toMatchObject({ code: 'KP_CHANNEL_REFUSED' })
    expect(mails).toEqual([])
  })

  it('waits no longer than it may, and tries again when nobody is there', async () => {
    const { port } = await mailServer({ onConnect: () => undefined })
    const slow = email.open(options(port), { ...CONTEXT, timeout: 50 }).tell(hostileNotice())
    await expect(slow).rejects.toMatchObject({ code: 'KP_CHANNEL_UNREACHABLE' })
    const nobody = email.open(options(1), CONTEXT).tell(hostileNotice())
    await expect(nobody).rejects.toMatchObject({ code: 'KP_CHANNEL_UNREACHABLE' })
  })
})
