import { wrapText } from '../../core/tell/wrap-text.ts'

/** Stands for a blank inside an option with its value, at which no line is broken. */
const JOINT = '\u001f'

/** What the parser of the command line says to `--help`, in lines of at most so many columns. */
export function wrapHelp(help: string, columns: number): string {
  return help
    .split('\n')
    .map((line) => (/^ +kubepatrol /.test(line) ? usage(line, columns) : row(line, columns)))
    .join('\n')
}

function usage(line: string, columns: number): string {
  const whole = line.trim().replace(/[[(][^\])]*[\])]/g, (option) => option.replaceAll(' ', JOINT))
  return wrapText(whole, columns, '  ', '      ').replaceAll(JOINT, ' ')
}

/** A name, a gap, what it is, and perhaps its values, which follow in the same text. */
function row(line: string, columns: number): string {
  const [, name = '', what = ''] = /^( +(?:-\w )? *\S+ {2,})(\S.*)$/.exec(line) ?? []
  if (name === '') return line
  return wrapText(what.replace(/ {2,}/g, ' '), columns, name, ' '.repeat(name.length))
}
