import { describe, expect, it } from 'vitest'
import { wrapHelp } from './wrap-help.ts'

const HELP = `USAGE
  kubepatrol scan [--output table|json|yaml] [--lang LANG] [--kubeconfig FILE] <path>...
  kubepatrol scan --help

FLAGS
  -o [--output]   Form of the output: text, markdown, html, json or jsonl   [text|json, default = text]
     [--jobs]     Threads
  -h  --help      Print help information and exit
`

describe('help', () => {
  it('keeps to the width of the terminal, and an option in one piece', () => {
    expect(wrapHelp(HELP, 60)).toBe(`USAGE
  kubepatrol scan [--output table|json|yaml]
      [--lang LANG] [--kubeconfig FILE] <path>...
  kubepatrol scan --help

FLAGS
  -o [--output]   Form of the output: text, markdown, html,
                  json or jsonl [text|json, default = text]
     [--jobs]     Threads
  -h  --help      Print help information and exit
`)
  })

  it('leaves short help as it is', () => {
    const short = 'USAGE\n  kubepatrol lab\n\nFLAGS\n     [--speed]  Speed\n'
    expect(wrapHelp(short, 80)).toBe(short)
  })
})
