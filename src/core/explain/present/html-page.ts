import type { Language } from '../../messages/language.ts'
import { escapeHtml } from './escape-html.ts'

const STYLE = `:root{color-scheme:light dark;--critical:#c92a2a;--warning:#b35900;--info:#1864ab;--good:#2b8a3e;--dim:#6b7280;--line:#8884}
@media (prefers-color-scheme:dark){:root{--critical:#ff8787;--warning:#ffa94d;--info:#74c0fc;--good:#69db7c;--dim:#9ca3af}}
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:58rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:2.2rem;border-bottom:1px solid var(--line)}h2 small,h3 small{font-weight:400;color:var(--dim);font-size:.7em}
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600}
td,th{vertical-align:top;padding:.3rem .7rem .3rem 0;border-top:1px solid var(--line)}td,th[scope=row]{overflow-wrap:anywhere}.nodes td{overflow-wrap:break-word}
.when,.number{white-space:nowrap}.number{text-align:right}code{overflow-wrap:anywhere}
.critical{color:var(--critical)}.warning{color:var(--warning)}.info{color:var(--info)}.fine{color:var(--good)}.dim{color:var(--dim);overflow-wrap:anywhere}
.timeline{width:100%;font:12px system-ui,sans-serif;fill:currentColor;margin:.5rem 0}.timeline .at{fill:var(--dim)}.timeline .end{text-anchor:end}.timeline .axis{stroke:var(--line)}
.timeline line.bad,.timeline line.good{stroke-width:4;stroke-linecap:round;opacity:.5}.timeline line.bad{stroke:var(--critical)}.timeline line.good{stroke:var(--good)}
.timeline circle.bad{fill:var(--critical)}.timeline circle.good{fill:var(--good)}
.bar{display:block;width:9rem;height:.9rem}.bar .used{fill:var(--info);opacity:.75}.bar .crossed{fill:var(--critical)}.bar .tick{stroke:currentColor;stroke-width:.6}.bar .room{fill:var(--line)}`

/** One HTML file: no script, nothing loaded from anywhere. `body` is markup already, `title` is text. */
export function htmlPage(title: string, body: readonly string[], language: Language): string {
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${escapeHtml(title)}</h1>`,
    ...body,
    '</main></body></html>',
    '',
  ].join('\n')
}

/** A sentence of ours as HTML, in which what stands between backticks is code. */
export function prose(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

/** Sentences of ours as a list; nothing where there are none. */
export function htmlList(sentences: readonly string[], kind: 'ul' | 'ol' = 'ul'): string {
  if (sentences.length === 0) return ''
  return `<${kind}>${sentences.map((sentence) => `<li>${prose(sentence)}</li>`).join('')}</${kind}>`
}
