import { createTheme } from '@mantine/core'

/** Quiet and dense: something to have open all day. Fonts are the machine's own, also for Chinese. */
export const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: { light: 9, dark: 4 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.15rem' }, h2: { fontSize: '1.1rem' }, h3: { fontSize: '0.95rem' } },
  },
})
