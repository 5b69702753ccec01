import { text } from './text.ts'

/** What is said when a cluster cannot be reached, or not as this user. */
export const clusterErrorMessages = {
  KP_KUBECONFIG_NOT_FOUND: text<{ path: string }>({
    en: (p) =>
      `${p.path}: there is no such kubeconfig. Name one with --kubeconfig or $KUBECONFIG, or copy one from a machine where kubectl works.`,
    'zh-CN': (p) =>
      `${p.path}：找不到该 kubeconfig。请用 --kubeconfig 或 $KUBECONFIG 指定，或从 kubectl 可用的机器复制一份。`,
  }),
  KP_KUBECONFIG_INVALID: text<{ path: string; problem: string }>({
    en: (p) =>
      `${p.path}: this kubeconfig cannot be used: ${p.problem}. "kubectl config view" shows what it says.`,
    'zh-CN': (p) =>
      `${p.path}：该 kubeconfig 无法使用：${p.problem}。可用 "kubectl config view" 查看其内容。`,
  }),
  KP_CONTEXT_UNKNOWN: text<{ context: string; contexts: string }>({
    en: (p) =>
      `There is no context "${p.context}" in the kubeconfig. ${p.contexts === '' ? 'It has none: name another with --kubeconfig.' : `Its contexts are: ${p.contexts}.`}`,
    'zh-CN': (p) =>
      `kubeconfig 中没有上下文“${p.context}”。${p.contexts === '' ? '其中没有任何上下文，请用 --kubeconfig 指定其他文件。' : `现有上下文：${p.contexts}。`}`,
  }),
  KP_CONTEXT_NONE: text<{ contexts: string }>({
    en: (p) =>
      `The kubeconfig names no current context. ${p.contexts === '' ? 'It has none: name another with --kubeconfig.' : `Choose one with --context: ${p.contexts}.`}`,
    'zh-CN': (p) =>
      `kubeconfig 没有指定当前上下文。${p.contexts === '' ? '其中没有任何上下文，请用 --kubeconfig 指定其他文件。' : `请用 --context 选择：${p.contexts}。`}`,
  }),
  KP_CREDENTIALS_UNUSABLE: text<{ problem: string }>({
    en: (p) =>
      `The credentials of the kubeconfig cannot be used: ${p.problem}. When "kubectl get nodes" works with the same kubeconfig, please report this.`,
    'zh-CN': (p) =>
      `kubeconfig 中的凭据无法使用：${p.problem}。请用同一 kubeconfig 试运行 "kubectl get nodes"；若能成功，请反馈此问题。`,
  }),
  KP_CREDENTIALS_EXPIRED: text<{ what: 'token' | 'certificate'; at: string }>({
    en: (p) =>
      `The ${p.what === 'token' ? 'token' : 'client certificate'} of the kubeconfig ran out at ${p.at}. Sign in again, or get a new kubeconfig from who runs the cluster.`,
    'zh-CN': (p) =>
      `kubeconfig 中的${p.what === 'token' ? '令牌' : '客户端证书'}已于 ${p.at} 过期。请重新登录，或向集群管理员索取新的 kubeconfig。`,
  }),
  KP_API_UNREACHABLE: text<{ server: string; reason: string }>({
    en: (p) =>
      `The API server at ${p.server} gives no answer to work with (${p.reason}). Check that it is well, the address in the kubeconfig, the network, and HTTPS_PROXY and NO_PROXY.`,
    'zh-CN': (p) =>
      `API 服务器 ${p.server} 没有给出可用的应答（${p.reason}）。请检查 API 服务器是否正常、kubeconfig 中的地址、网络以及 HTTPS_PROXY 与 NO_PROXY。`,
  }),
  KP_API_UNTRUSTED: text<{ server: string; reason: string }>({
    en: (p) =>
      `The certificate of ${p.server} is not to be trusted (${p.reason}). Check certificate-authority-data and tls-server-name in the kubeconfig, and that nothing stands in between.`,
    'zh-CN': (p) =>
      `${p.server} 的证书不可信（${p.reason}）。请检查 kubeconfig 中的 certificate-authority-data 与 tls-server-name，并确认中间没有其他设备。`,
  }),
  KP_API_UNAUTHORIZED: text<{ server: string; reason: string }>({
    en: (p) =>
      `${p.server} does not know who asks (${p.reason}). Sign in again, or get a new kubeconfig from who runs the cluster.`,
    'zh-CN': (p) =>
      `${p.server} 无法识别请求者身份（${p.reason}）。请重新登录，或向集群管理员索取新的 kubeconfig。`,
  }),
  KP_API_NOT_KUBERNETES: text<{ server: string; reason: string }>({
    en: (p) =>
      `What answers at ${p.server} is no Kubernetes API server (${p.reason}). Check the address in the kubeconfig; a proxy or a sign-in page may stand in between.`,
    'zh-CN': (p) =>
      `${p.server} 的应答方不是 Kubernetes API 服务器（${p.reason}）。请检查 kubeconfig 中的地址；中间可能有代理或登录页面。`,
  }),
}
