import { text } from './text.ts'

const problem = (en: string, zh: string) => text({ en: () => en, 'zh-CN': () => zh })

/** What may be wrong with a kubeconfig and the credentials in it. */
export const kubeconfigMessages = {
  'kubeconfig.no-file': problem('it is no file', '它不是文件'),
  'kubeconfig.too-large': problem('it is larger than 16 MiB', '它超过 16 MiB'),
  'kubeconfig.unreadable': text<{ reason: string }>({
    en: (p) => `it cannot be read (${p.reason})`,
    'zh-CN': (p) => `无法读取（${p.reason}）`,
  }),
  'kubeconfig.wrong-field': text<{ field: string; says: string }>({
    en: (p) => `${p.field === '' ? 'what it holds' : p.field}: ${p.says}`,
    'zh-CN': (p) => `${p.field === '' ? '其内容' : p.field}：${p.says}`,
  }),
  'kubeconfig.no-yaml': text<{ at: { line: number; column: number } | null }>({
    en: (p) =>
      p.at === null ? 'it is no YAML' : `it is no YAML at line ${p.at.line}, column ${p.at.column}`,
    'zh-CN': (p) =>
      p.at === null ? '不是有效的 YAML' : `第 ${p.at.line} 行第 ${p.at.column} 列不是有效的 YAML`,
  }),
  'kubeconfig.dangling-context': text<{ context: string; kind: 'clusters' | 'users'; name: string }>({
    en: (p) =>
      `the context "${p.context}" names ${p.name === '' ? `nothing of the ${p.kind}` : `"${p.name}", which is not among the ${p.kind}`}`,
    'zh-CN': (p) =>
      `上下文“${p.context}”${p.name === '' ? `没有指定 ${p.kind} 中的条目` : `指向的“${p.name}”不在 ${p.kind} 中`}`,
  }),
  'kubeconfig.no-server': problem('a cluster without the address of a server', '有集群缺少服务器地址'),
  'kubeconfig.no-proxy': problem(
    'proxy-url is no http, https or socks5 address',
    'proxy-url 不是 http、https 或 socks5 地址',
  ),
  'credentials.file': text<{ file: string; reason: string }>({
    en: (p) => `${p.file} cannot be used (${p.reason})`,
    'zh-CN': (p) => `${p.file} 无法使用（${p.reason}）`,
  }),
  'credentials.no-pem': text<{ file: string }>({
    en: (p) => `${p.file === '' ? 'what stands in the kubeconfig as certificate or key' : p.file} is no PEM`,
    'zh-CN': (p) => `${p.file === '' ? 'kubeconfig 中的证书或密钥' : p.file}不是 PEM`,
  }),
  'credentials.half-a-pair': text<{ isKeyMissing: boolean }>({
    en: (p) =>
      p.isKeyMissing
        ? 'the user has a certificate without its key'
        : 'the user has a key without its certificate',
    'zh-CN': (p) => (p.isKeyMissing ? '该用户有证书但缺少密钥' : '该用户有密钥但缺少证书'),
  }),
  'credentials.unknown-provider': text<{ name: string }>({
    en: (p) => `the auth-provider "${p.name}" is not known; kubectl replaced such providers by exec plugins`,
    'zh-CN': (p) => `不支持 auth-provider“${p.name}”；kubectl 已用 exec 插件取代这类方式`,
  }),
  'credentials.plugin': text<{ plugin: string; problem: string; says: string }>({
    en: (p) => `the plugin ${p.plugin} ${p.problem}${p.says === '' ? '' : `: ${p.says}`}`,
    'zh-CN': (p) => `插件 ${p.plugin} ${p.problem}${p.says === '' ? '' : `：${p.says}`}`,
  }),
  'credentials.plugin-missing': problem('is not installed, or not on the PATH', '未安装，或不在 PATH 中'),
  'credentials.plugin-not-run': text<{ reason: string }>({
    en: (p) => `cannot be run (${p.reason})`,
    'zh-CN': (p) => `无法运行（${p.reason}）`,
  }),
  'credentials.plugin-version': text<{ version: string }>({
    en: (p) => `speaks ${p.version}, which is not known`,
    'zh-CN': (p) => `使用未知的版本 ${p.version}`,
  }),
  'credentials.plugin-other-version': text<{ version: string }>({
    en: (p) => `printed another version than ${p.version}`,
    'zh-CN': (p) => `输出的版本不是 ${p.version}`,
  }),
  'credentials.plugin-terminal': problem('wants to ask at a terminal', '需要在终端上询问'),
  'credentials.plugin-slow': text<{ seconds: number }>({
    en: (p) => `gave nothing within ${p.seconds} s`,
    'zh-CN': (p) => `在 ${p.seconds} 秒内没有给出结果`,
  }),
  'credentials.plugin-endless': problem('printed more than 1 MiB', '输出超过 1 MiB'),
  'credentials.plugin-failed': text<{ how: string }>({
    en: (p) => `failed (${p.how})`,
    'zh-CN': (p) => `运行失败（${p.how}）`,
  }),
  'credentials.plugin-no-json': problem('printed no JSON', '输出的不是 JSON'),
  'credentials.plugin-no-credential': problem('printed no ExecCredential', '输出的不是 ExecCredential'),
  'credentials.plugin-nothing': problem(
    'printed neither a token nor a certificate',
    '既没有给出令牌，也没有给出证书',
  ),
  'credentials.oidc-ended': problem(
    'OIDC: the id token has run out and there is no refresh token; sign in again',
    'OIDC：ID 令牌已过期且没有刷新令牌，请重新登录',
  ),
  'credentials.oidc-unencrypted': problem(
    'OIDC: its issuer wants the refresh token sent without encryption',
    'OIDC：签发方要求以明文发送刷新令牌',
  ),
  'credentials.oidc-answer': text<{ status: number }>({
    en: (p) => `OIDC: its issuer answered with HTTP ${p.status}; sign in again`,
    'zh-CN': (p) => `OIDC：签发方以 HTTP ${p.status} 应答，请重新登录`,
  }),
  'credentials.oidc-unreachable': text<{ reason: string }>({
    en: (p) => `OIDC: its issuer could not be asked (${p.reason})`,
    'zh-CN': (p) => `OIDC：无法访问签发方（${p.reason}）`,
  }),
}
