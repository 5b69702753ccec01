import { clusterErrorMessages } from './cluster-errors.ts'
import { text } from './text.ts'

/** What each coded error says: what is wrong, and what to do. */
export const errorMessages = {
  KP_USAGE: text<{ problem: string }>({
    en: (p) => `${p.problem} Run "kubepatrol --help" to see what there is.`,
    'zh-CN': (p) => `${p.problem} 运行 "kubepatrol --help" 查看用法。`,
  }),
  KP_PORT_IN_USE: text<{ port: number }>({
    en: (p) =>
      `Port ${p.port} is in use by another program. Choose another one with --port, or --port 0 for any free one.`,
    'zh-CN': (p) =>
      `端口 ${p.port} 已被其他程序占用。请用 --port 换一个端口，或用 --port 0 选取任意空闲端口。`,
  }),
  KP_PORT_NOT_ALLOWED: text<{ port: number }>({
    en: (p) => `Port ${p.port} is not for this user. Choose one above 1023 with --port.`,
    'zh-CN': (p) => `当前用户不能使用端口 ${p.port}。请用 --port 选择 1023 以上的端口。`,
  }),
  KP_AGENT_CERTIFICATE: text<{ file: string; reason: string }>({
    en: (p) =>
      `${p.file}: certificate and key for agents cannot be used (${p.reason}). Check both files; they are PEM, and belong together.`,
    'zh-CN': (p) =>
      `${p.file}：供 agent 连接的证书与私钥无法使用（${p.reason}）。请检查这两个文件：须为 PEM 格式且相互匹配。`,
  }),
  KP_ADDRESS_FILE: text<{ file: string; reason: string }>({
    en: (p) =>
      `${p.file}: the address of the page cannot be kept there (${p.reason}). Name a file in a folder that kubepatrol may write to.`,
    'zh-CN': (p) => `${p.file}：无法在此保存页面地址（${p.reason}）。请指定 kubepatrol 可写目录中的文件。`,
  }),
  KP_INPUT_NOT_FOUND: text<{ path: string }>({
    en: (p) => `${p.path}: there is no such file or folder. Check the path.`,
    'zh-CN': (p) => `${p.path}：文件或目录不存在，请检查路径。`,
  }),
  KP_INPUT_UNREADABLE: text<{ path: string; reason: string }>({
    en: (p) =>
      `${p.path}: cannot be read (${p.reason}). Check its permissions, or read it as a user who may.`,
    'zh-CN': (p) => `${p.path}：无法读取（${p.reason}）。请检查权限，或换用有权限的用户。`,
  }),
  KP_INPUT_NO_LOGS: text<{ path: string }>({
    en: (p) =>
      `${p.path}: no log file is in this folder (looked for *.log, *.txt, messages*, syslog*, kern*, daemon*, journalctl*, kubelet*, containerd*, events.json and the like). Name the files.`,
    'zh-CN': (p) =>
      `${p.path}：该目录中没有日志文件（查找了 *.log、*.txt、messages*、syslog*、kern*、daemon*、journalctl*、kubelet*、containerd*、events.json 等）。请直接指定文件。`,
  }),
  KP_INPUT_BINARY: text<{ path: string }>({
    en: (p) => `${p.path}: this is no text, so no log. Name a log file, plain or packed (.gz, .xz, .zst).`,
    'zh-CN': (p) => `${p.path}：不是文本文件，因此不是日志。请指定日志文件（纯文本，或 .gz、.xz、.zst）。`,
  }),
  KP_INPUT_TRUNCATED: text<{ path: string; lines: number }>({
    en: (p) =>
      `${p.path}: the compressed file is cut short or damaged. Its first ${p.lines} lines were read; copy the file again for the rest.`,
    'zh-CN': (p) => `${p.path}：压缩文件不完整或已损坏，只读出前 ${p.lines} 行。请重新复制该文件。`,
  }),
  KP_INPUT_TOO_DENSE: text<{ path: string }>({
    en: (p) =>
      `${p.path}: this unpacks to far more than any log would, so reading ended there. Check where the file comes from.`,
    'zh-CN': (p) => `${p.path}：解压后远超日志应有的大小，已停止读取。请确认该文件的来源。`,
  }),
  KP_NO_SUCH_SCENARIO: text<{ scenario: string; scenarios: string }>({
    en: (p) => `The lab has no scenario "${p.scenario}". Choose one of these: ${p.scenarios}.`,
    'zh-CN': (p) => `实验环境没有名为“${p.scenario}”的场景。请从以下场景中选择：${p.scenarios}。`,
  }),
  KP_RECORDING_INCOMPLETE: text<{ directory: string; missing: string }>({
    en: (p) =>
      `${p.directory}: this recording lacks ${p.missing}. See docs/recordings.md for what a recording holds.`,
    'zh-CN': (p) => `${p.directory}：该录制缺少 ${p.missing}。录制应包含的文件见 docs/recordings.md。`,
  }),
  KP_RECORDING_BROKEN: text<{ path: string; problem: string }>({
    en: (p) =>
      `${p.path}: this part of the recording cannot be understood: ${p.problem}. Record it again, or restore the file.`,
    'zh-CN': (p) => `${p.path}：录制的这一部分无法解析：${p.problem}。请重新录制或恢复该文件。`,
  }),
  KP_REPORT_FILE: text<{ path: string; reason: string }>({
    en: (p) =>
      `${p.path}: what is kept of the last report cannot be used (${p.reason}). Check the folder and its permissions, or name another file with --last.`,
    'zh-CN': (p) =>
      `${p.path}：上次报告的保存文件无法使用（${p.reason}）。请检查目录及权限，或用 --last 指定其他文件。`,
  }),
  KP_OBSERVATION_INVALID: text<{ path: string; problem: string }>({
    en: (p) =>
      `${p.path}: this is no observation that kubepatrol saved (${p.problem}). Write one with \`kubepatrol observe -o json\`.`,
    'zh-CN': (p) =>
      `${p.path}：这不是 kubepatrol 保存的观测数据（${p.problem}）。请用 \`kubepatrol observe -o json\` 生成。`,
  }),
  KP_NODE_UNKNOWN: text<{ node: string; nodes: string }>({
    en: (p) => `There is no node "${p.node}". The nodes are: ${p.nodes}.`,
    'zh-CN': (p) => `没有节点“${p.node}”。现有节点：${p.nodes}。`,
  }),
  KP_NODE_INVALID: text<{ path: string; problem: string }>({
    en: (p) =>
      `${p.path}: this describes no node that can be simulated: ${p.problem}. See docs/simulate.md for what there is to say.`,
    'zh-CN': (p) => `${p.path}：无法据此模拟节点：${p.problem}。可用的字段见 docs/simulate.md。`,
  }),
  KP_VERSION_UNKNOWN: text<{ version: string }>({
    en: (p) =>
      `"${p.version}" is no Kubernetes version such as v1.27.3, and the kubelet's rules depend on it. Say which one the node runs.`,
    'zh-CN': (p) =>
      `“${p.version}”不是 v1.27.3 这样的 Kubernetes 版本，而 kubelet 的规则取决于版本。请给出节点实际的版本。`,
  }),
  ...clusterErrorMessages,
  KP_STORE_UNUSABLE: text<{ path: string; reason: string }>({
    en: (p) =>
      `${p.path}: the store cannot be used (${p.reason}). Check the disk and the permissions of its folder.`,
    'zh-CN': (p) => `${p.path}：存储不可用（${p.reason}）。请检查磁盘空间与目录权限。`,
  }),
  KP_STORE_FULL: text<{ path: string; reason: string }>({
    en: (p) =>
      `${p.path}: nothing can be written to the store (${p.reason}). The patrol goes on, but forgets all since when it ends. Free space on that disk.`,
    'zh-CN': (p) =>
      `${p.path}：存储无法写入（${p.reason}）。巡检继续运行，但此后的内容在进程结束后会丢失。请释放该磁盘的空间。`,
  }),
  KP_STORE_LOCKED: text<{ path: string; reason: string }>({
    en: (p) =>
      `${p.path}: another process holds the store (${p.reason}). The patrol goes on and tries again; end the other process, or give each its own --store.`,
    'zh-CN': (p) =>
      `${p.path}：存储被其他进程占用（${p.reason}）。巡检继续运行并会重试；请结束另一进程，或用 --store 为各进程指定不同的文件。`,
  }),
  KP_STORE_CORRUPT: text<{ path: string; reason: string }>({
    en: (p) =>
      `${p.path}: this is no store, or a damaged one (${p.reason}). It is left as it is; move it away, and a new one is made.`,
    'zh-CN': (p) => `${p.path}：该文件不是存储或已损坏（${p.reason}）。文件保持原样；将其移走后会新建一个。`,
  }),
  KP_CONFIG_UNREADABLE: text<{ path: string; reason: string }>({
    en: (p) =>
      `${p.path}: the configuration cannot be read (${p.reason}). Check the path and its permissions.`,
    'zh-CN': (p) => `${p.path}：无法读取配置文件（${p.reason}）。请检查路径与权限。`,
  }),
  KP_CONFIG_SYNTAX: text<{ path: string; line: number; problem: string }>({
    en: (p) => `${p.path}, line ${p.line}: this is no valid YAML: ${p.problem}. Correct it there.`,
    'zh-CN': (p) => `${p.path} 第 ${p.line} 行：不是有效的 YAML：${p.problem}。请在该处更正。`,
  }),
  KP_CONFIG_INVALID: text<{ path: string; problems: readonly { field: string; problem: string }[] }>({
    en: (p) =>
      `${p.path}: ${p.problems.map(({ field, problem }) => `${field || 'the file'}: ${problem}`).join('; ')}. See docs/channels.md for what there is to say.`,
    'zh-CN': (p) =>
      `${p.path}：${p.problems.map(({ field, problem }) => `${field || '文件'}：${problem}`).join('；')}。可用的字段见 docs/channels.md。`,
  }),
  KP_CONFIG_SECRET: text<{ path: string; field: string; problem: string }>({
    en: (p) => `${p.path}: ${p.field}: ${p.problem} Provide it, and start again.`,
    'zh-CN': (p) => `${p.path}：${p.field}：${p.problem}请提供后重新启动。`,
  }),
  KP_CHANNEL_UNKNOWN: text<{ channel: string; channels: string }>({
    en: (p) => `There is no channel "${p.channel}". The configuration has: ${p.channels}.`,
    'zh-CN': (p) => `没有通道“${p.channel}”。配置中的通道：${p.channels}。`,
  }),
  KP_CHANNEL_UNREACHABLE: text<{ channel: string; reason: string }>({
    en: (p) =>
      `The channel "${p.channel}" cannot be reached (${p.reason}). It is tried again; check its address, the network and its proxy.`,
    'zh-CN': (p) => `无法连接通道“${p.channel}”（${p.reason}）。将会重试；请检查地址、网络与代理。`,
  }),
  KP_CHANNEL_BUSY: text<{ channel: string; reason: string }>({
    en: (p) =>
      `The channel "${p.channel}" takes nothing just now (${p.reason}). It is tried again; if this goes on, ask whoever runs the service.`,
    'zh-CN': (p) =>
      `通道“${p.channel}”暂时不接收消息（${p.reason}）。将会重试；若持续如此，请联系该服务的管理者。`,
  }),
  KP_CHANNEL_REFUSED: text<{ channel: string; reason: string }>({
    en: (p) =>
      `The channel "${p.channel}" refused the message (${p.reason}), and would again. Check its address, token, secret and settings.`,
    'zh-CN': (p) =>
      `通道“${p.channel}”拒绝了该消息（${p.reason}），重试无用。请检查其地址、令牌、密钥与设置。`,
  }),
  KP_OUTPUT_FAILED: text<{ reason: string }>({
    en: (p) => `The output could not be written (${p.reason}) and is not complete. Check where it goes to.`,
    'zh-CN': (p) => `输出无法写入（${p.reason}），内容不完整。请检查输出的目标位置。`,
  }),
  KP_INTERNAL: text<{ problem: string }>({
    en: (p) => `kubepatrol itself failed: ${p.problem}. Please report this with the command you ran.`,
    'zh-CN': (p) => `kubepatrol 自身出错：${p.problem}。请附上所运行的命令反馈此问题。`,
  }),
  KP_UNAUTHORIZED: text({
    en: () => 'This needs the token: open the link that kubepatrol printed where it runs.',
    'zh-CN': () => '需要令牌：请打开 kubepatrol 运行处打印的链接。',
  }),
  KP_FORBIDDEN: text({
    en: () => 'This request does not come from the page that kubepatrol serves. Use the address it printed.',
    'zh-CN': () => '该请求不是来自 kubepatrol 提供的页面。请使用其打印的地址。',
  }),
  KP_TOKEN_UNKNOWN: text({
    en: () =>
      'This needs a token for the audience kubepatrol-controller that the API server accepts. It may have run out, or its pod is gone.',
    'zh-CN': () =>
      '需要 API Server 认可的、受众为 kubepatrol-controller 的令牌。该令牌可能已过期，或其 Pod 已不存在。',
  }),
  KP_NOT_THE_AGENT: text({
    en: () =>
      "This token is not bound to a pod of the agent. The controller's option --agent-service-account names whose rounds it takes.",
    'zh-CN': () =>
      '该令牌未绑定到 agent 的 Pod。控制器的 --agent-service-account 选项指定接受哪个 ServiceAccount 的巡检结果。',
  }),
  KP_NOT_ITS_NODE: text({
    en: () => 'An agent speaks only for the node that its own pod runs on.',
    'zh-CN': () => 'agent 只能代表其 Pod 所在的节点。',
  }),
  KP_TOO_LARGE: text({
    en: () =>
      'A round of a node is not as large as this. Please report this with the number of pods and images of the node.',
    'zh-CN': () => '单个节点的巡检结果不应如此之大。请附上该节点的 Pod 和镜像数量反馈此问题。',
  }),
  KP_TOKEN_NOT_REVIEWED: text({
    en: () => 'The API server could not be asked whose token this is. Try again later.',
    'zh-CN': () => '无法向 API Server 查询该令牌的身份。请稍后重试。',
  }),
  KP_NO_SUCH_THING: text({
    en: () => 'There is no such thing here. /api/v1/openapi.json lists what there is.',
    'zh-CN': () => '此处没有该内容。可用接口见 /api/v1/openapi.json。',
  }),
  KP_BAD_REQUEST: text({
    en: () => 'This request cannot be understood. /api/v1/openapi.json says what is expected.',
    'zh-CN': () => '无法理解该请求。所需格式见 /api/v1/openapi.json。',
  }),
  KP_BUSY: text({
    en: () => 'Too many pages are open at once. Close some and reload.',
    'zh-CN': () => '同时打开的页面过多。请关闭一些后重新加载。',
  }),
  KP_INTERNAL_ERROR: text({
    en: () => 'kubepatrol itself failed while answering. The terminal where it runs says more.',
    'zh-CN': () => 'kubepatrol 在处理请求时自身出错。详情见其运行的终端。',
  }),
}
