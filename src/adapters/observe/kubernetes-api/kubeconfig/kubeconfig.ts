import { z } from 'zod'

const Text = z.string().nullish()

const Cluster = z.object({
  server: Text,
  'tls-server-name': Text,
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'certificate-authority': Text,
  'certificate-authority-data': Text,
  'proxy-url': Text,
  extensions: z.array(z.object({ name: z.string(), extension: z.unknown() })).nullish(),
})
export type Cluster = z.infer<typeof Cluster>

/** A plugin that prints credentials. */
const Exec = z.object({
  apiVersion: z.string(),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: Text,
  provideClusterInfo: z.boolean().nullish(),
  interactiveMode: z.enum(['Never', 'IfAvailable', 'Always']).nullish(),
})
export type Exec = z.infer<typeof Exec>

const User = z.object({
  'client-certificate': Text,
  'client-certificate-data': Text,
  'client-key': Text,
  'client-key-data': Text,
  token: Text,
  tokenFile: Text,
  username: Text,
  password: Text,
  as: Text,
  'as-uid': Text,
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
  'auth-provider': z.object({ name: z.string(), config: z.record(z.string(), Text).nullish() }).nullish(),
  exec: Exec.nullish(),
})
export type User = z.infer<typeof User>

const Context = z.object({ cluster: Text, user: Text, namespace: Text })
export type Context = z.infer<typeof Context>

const nothing = {}

/** A kubeconfig file as kubectl reads it (v1): the fields that a client needs. */
export const Kubeconfig = z.object({
  'current-context': Text,
  clusters: z.array(z.object({ name: z.string(), cluster: Cluster.nullish() })).nullish(),
  users: z.array(z.object({ name: z.string(), user: User.nullish() })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: Context.nullish() })).nullish(),
})
export type Kubeconfig = z.infer<typeof Kubeconfig>

/** Something of a kubeconfig with the file it stands in: relative paths begin at that file's folder. */
export interface Entry<T> {
  value: T
  file: string
}

/** All files together. */
export interface MergedKubeconfig {
  /** The files it was read from, for messages. */
  files: readonly string[]
  currentContext?: string
  clusters: ReadonlyMap<string, Entry<Cluster>>
  users: ReadonlyMap<string, Entry<User>>
  contexts: ReadonlyMap<string, Entry<Context>>
}

/** Lays files over one another as kubectl does: the first to name something wins. */
export function mergeKubeconfigs(files: readonly Entry<Kubeconfig>[]): MergedKubeconfig {
  const clusters = new Map<string, Entry<Cluster>>()
  const users = new Map<string, Entry<User>>()
  const contexts = new Map<string, Entry<Context>>()
  const add = <T>(map: Map<string, Entry<T>>, name: string, value: T, file: string) => {
    if (!map.has(name)) map.set(name, { value, file })
  }
  for (const { value, file } of files) {
    for (const { name, cluster } of value.clusters ?? []) add(clusters, name, cluster ?? nothing, file)
    for (const { name, user } of value.users ?? []) add(users, name, user ?? nothing, file)
    for (const { name, context } of value.contexts ?? []) add(contexts, name, context ?? nothing, file)
  }
  const current = files.map(({ value }) => value['current-context']).find((name) => name)
  return {
    files: files.map(({ file }) => file),
    ...(current ? { currentContext: current } : {}),
    clusters,
    users,
    contexts,
  }
}
