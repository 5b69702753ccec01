import type { Language } from '../../../core/messages/language.ts'
import { say } from '../../../core/messages/message.ts'
import { tellWord } from '../../../core/messages/tell.ts'
import { neutraliseText } from '../../../core/tell/neutralise-text.ts'
import type { NotificationChannel } from '../../../core/tell/notification-channel.ts'
import { wrapText } from '../../../core/tell/wrap-text.ts'
import { formatTimeOfDay } from '../../../core/units/instant.ts'
import { terminalColours } from './terminal-colours.ts'

/** The terminal that is written to. */
export interface Terminal {
  write(text: string): void
  /** Unset when it is no terminal: then nothing is coloured. */
  isTTY?: boolean | undefined
  columns?: number | undefined
}

const WIDTH = 80

/** Tells on the terminal: a line that says what changed, and the sentences that are new. */
export function terminalChannel(terminal: Terminal, language: Language): NotificationChannel {
  const colours = terminalColours(terminal)
  return {
    id: 'terminal',
    async tell({ incidents: [incident], kind, severity, at, news }) {
      const paint =
        kind === 'resolved' ? colours.green : severity === 'critical' ? colours.red : colours.yellow
      const head = [
        formatTimeOfDay(at),
        tellWord(kind, language),
        tellWord(severity, language),
        ...(incident ? [...incident.nodes, incident.cause.id] : []),
      ]
      const width = Math.min(terminal.columns ?? WIDTH, 120)
      const body = news.map((sentence) => wrapText(neutraliseText(say(sentence, language)), width, '  '))
      const title = neutraliseText(head.join('  ')).replace(/\n/g, ' ')
      terminal.write([paint(title), ...body, ''].join('\n'))
    },
  }
}
