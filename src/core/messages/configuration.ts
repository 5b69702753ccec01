import { text } from './text.ts'

const problem = (en: string, zh: string) => text({ en: () => en, 'zh-CN': () => zh })

/** What may be wrong with a field of the configuration, and with the secrets it names. */
export const configurationMessages = {
  'config.no-such-field': problem('there is no such field', '没有这个字段'),
  'config.no-time-span': problem(
    'is no time span of up to seven days such as 90s, 5m or 1h',
    '应为不超过七天的时长，例如 90s、5m 或 1h',
  ),
  'config.no-name': problem(
    'is no name: small letters, digits and hyphens, at most 63',
    '名称只能包含小写字母、数字和连字符，最多 63 个字符',
  ),
  'config.no-web-address': problem('is no http or https address', '应为 http 或 https 地址'),
  'config.no-address': problem(
    'is no address: write https://… or, when it is a secret, {env: NAME} or {file: PATH}',
    '应为地址：写 https://…；若属机密，则写 {env: NAME} 或 {file: PATH}',
  ),
  'config.no-mail-address': problem(
    'is no mail address such as ops@example.com',
    '应为邮件地址，例如 ops@example.com',
  ),
  'config.is-a-secret': problem(
    'is a secret: write {env: NAME} or {file: PATH}, not the secret itself',
    '属于机密：请写 {env: NAME} 或 {file: PATH}，不要写机密本身',
  ),
  'config.needs-type': text<{ types: readonly string[] }>({
    en: (p) => `needs a type, one of ${p.types.join(', ')}`,
    'zh-CN': (p) => `需要类型，可选：${p.types.join('、')}`,
  }),
  'config.name-taken': text<{ name: string }>({
    en: (p) => `another channel is called "${p.name}": give each a name of its own`,
    'zh-CN': (p) => `已有名为“${p.name}”的通道：请为每个通道取不同的名称`,
  }),
  'config.needs': text<{ type: string }>({
    en: (p) => `needs ${TYPES[p.type]?.en ?? p.type}`,
    'zh-CN': (p) => `应为${TYPES[p.type]?.['zh-CN'] ?? p.type}`,
  }),
  'config.one-of': text<{ values: readonly string[] }>({
    en: (p) => `is one of ${p.values.join(', ')}`,
    'zh-CN': (p) => `可选值为 ${p.values.join('、')}`,
  }),
  'config.limit': text<{ limit: number; isLeast: boolean; of: string }>({
    en: (p) => `${UNITS[p.of]?.en ?? 'is'} at ${p.isLeast ? 'least' : 'most'} ${p.limit}`,
    'zh-CN': (p) => `${UNITS[p.of]?.['zh-CN'] ?? '应'}${p.isLeast ? '不少于' : '不超过'} ${p.limit}`,
  }),
  'config.not-understood': problem('cannot be understood', '无法理解'),
  'config.secret-env': text<{ name: string }>({
    en: (p) => `The environment variable ${p.name} is not set or is empty.`,
    'zh-CN': (p) => `环境变量 ${p.name} 未设置或为空。`,
  }),
  'config.secret-file': text<{ file: string; reason: string }>({
    en: (p) => `The file ${p.file} cannot be used as a secret (${p.reason}).`,
    'zh-CN': (p) => `文件 ${p.file} 无法用作机密（${p.reason}）。`,
  }),
  'config.secret-address': text({
    en: () => 'This secret is no http or https address without user and password.',
    'zh-CN': () => '该机密不是 http 或 https 地址（且不得包含用户名与密码）。',
  }),
}

/** What a schema says instead of a sentence. */
export type ConfigurationWord = keyof typeof configurationMessages

const TYPES: Readonly<Record<string, { en: string; 'zh-CN': string }>> = {
  string: { en: 'a text', 'zh-CN': '文本' },
  number: { en: 'a number', 'zh-CN': '数字' },
  int: { en: 'a whole number', 'zh-CN': '整数' },
  boolean: { en: 'true or false', 'zh-CN': ' true 或 false' },
  array: { en: 'a list', 'zh-CN': '列表' },
  object: { en: 'fields', 'zh-CN': '若干字段' },
}

const UNITS: Readonly<Record<string, { en: string; 'zh-CN': string }>> = {
  string: { en: 'has so many characters:', 'zh-CN': '字符数应' },
  array: { en: 'has so many entries:', 'zh-CN': '条目数应' },
}
