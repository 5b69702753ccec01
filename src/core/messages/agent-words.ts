import { GAP_WHY } from './gap-words.ts'
import { text } from './text.ts'

/** What is said of agents and the controller that they hand rounds over to. */
export const agentMessages = {
  'finding.agent-silent': text<{ node: string; since: string }>({
    en: (p) =>
      `The agent on ${p.node} has handed nothing over since ${p.since}. The node is watched from outside only: where its bytes are, what holds orphaned directories and which images can be pulled again is as old as that. Look whether its pod runs, and at the log of it.`,
    'zh-CN': (p) =>
      `${p.node} 上的 agent 自 ${p.since} 起未提交任何巡检结果。目前只能从外部观察该节点：磁盘占用归属、孤儿目录的占用者、镜像能否重新拉取等信息都停留在该时刻。请检查其 Pod 是否在运行，并查看其日志。`,
  }),
  'finding.controller-out-of-reach': text<{ why: keyof typeof GAP_WHY; detail: string }>({
    en: (p) =>
      `The controller does not take the rounds of this agent: ${GAP_WHY[p.why].en} (${p.detail}). The agent patrols its node alone, and hands over what it has kept once it can.`,
    'zh-CN': (p) =>
      `控制器未接受该 agent 的巡检结果：${GAP_WHY[p.why].zh}（${p.detail}）。agent 将独自巡检本节点，恢复后再补交所保留的结果。`,
  }),
  'agent.handing': text<{ controller: string }>({
    en: (p) => `Rounds are handed over to ${p.controller}.`,
    'zh-CN': (p) => `巡检结果将提交到 ${p.controller}。`,
  }),
  'agent.handed-again': text<{ controller: string }>({
    en: (p) => `${p.controller} takes the rounds again.`,
    'zh-CN': (p) => `${p.controller} 已恢复接受巡检结果。`,
  }),
  'serve.agents': text<{ port: number; namespace: string; name: string }>({
    en: (p) =>
      `Agents hand over at port ${p.port}: pods of the ServiceAccount ${p.namespace}/${p.name}, each for its own node.`,
    'zh-CN': (p) =>
      `agent 通过端口 ${p.port} 提交巡检结果：仅限 ServiceAccount ${p.namespace}/${p.name} 的 Pod，且只能代表其所在节点。`,
  }),
  'cli.not-an-https-address': text<{ option: string; input: string }>({
    en: (p) =>
      `The option ${p.option} is an address such as https://kubepatrol.kubepatrol.svc:7443, not "${p.input}".`,
    'zh-CN': (p) =>
      `选项 ${p.option} 应为 https://kubepatrol.kubepatrol.svc:7443 这样的地址，而不是“${p.input}”。`,
  }),
  'cli.not-an-account': text<{ option: string; input: string }>({
    en: (p) =>
      `The option ${p.option} is a namespace and a name such as kubepatrol/kubepatrol-agent, not "${p.input}".`,
    'zh-CN': (p) =>
      `选项 ${p.option} 应为 kubepatrol/kubepatrol-agent 这样的命名空间与名称，而不是“${p.input}”。`,
  }),
  'cli.agents-need-a-certificate': text({
    en: () =>
      'With --agent-port also name --agent-certificate and --agent-key: agents show their tokens only over TLS.',
    'zh-CN': () =>
      '使用 --agent-port 时还需指定 --agent-certificate 和 --agent-key：agent 只通过 TLS 出示令牌。',
  }),
}
