import { names, text } from './text.ts'

/** What the lab says of itself on a terminal. */
export const labMessages = {
  'lab.ready': text<{ scenario: string; speed: number; url: string }>({
    en: ({ scenario, speed, url }) => `The lab plays ${scenario}, ${speed} times faster than life, at ${url}`,
    'zh-CN': ({ scenario, speed, url }) => `实验环境正在以 ${speed} 倍速运行 ${scenario}，地址：${url}`,
  }),
  'lab.how-to': text<{ kubeconfig: string }>({
    en: ({ kubeconfig }) =>
      `Look at it with\n  kubectl --kubeconfig ${kubeconfig} get nodes,pods,pvc,pv,sts,events -A\n  kubepatrol scan --kubeconfig ${kubeconfig}\nCtrl-C ends it.`,
    'zh-CN': ({ kubeconfig }) =>
      `查看方式：\n  kubectl --kubeconfig ${kubeconfig} get nodes,pods,pvc,pv,sts,events -A\n  kubepatrol scan --kubeconfig ${kubeconfig}\n按 Ctrl-C 结束。`,
  }),
  'lab.no-such-scenario': text<{ scenario: string; known: readonly string[] }>({
    en: ({ scenario, known }) =>
      `There is no scenario "${scenario}". Choose one of: ${names(known, 'en', known.length)}.`,
    'zh-CN': ({ scenario, known }) =>
      `没有名为“${scenario}”的场景。可选：${names(known, 'zh-CN', known.length)}。`,
  }),
}
