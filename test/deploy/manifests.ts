import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { KubernetesObject } from '../real-node/bed/kubernetes-api.ts'

const FOLDER = 'deploy/manifests'

/** The files of manifests, in the order in which they are applied. */
export const manifestFiles = (): string[] =>
  readdirSync(FOLDER)
    .toSorted()
    .map((name) => path.join(FOLDER, name))

export interface Container {
  name: string
  image: string
  imagePullPolicy: string
  args: string[]
  env?: { name: string; value?: string }[]
  ports?: { name: string; containerPort: number }[]
  securityContext: object
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean; mountPropagation?: string }[]
}

/** A manifest, with the fields that a test looks at. */
export interface Manifest extends KubernetesObject {
  [field: string]: unknown
  rules?: { apiGroups: string[]; resources: string[]; verbs: string[] }[]
  roleRef?: { kind: string; name: string }
  subjects?: { name: string; namespace: string }[]
  spec?: {
    ports?: { name: string; port: number }[]
    selector?: object
    template?: {
      metadata: { labels: Record<string, string> }
      spec: {
        serviceAccountName: string
        priorityClassName: string
        tolerations: object[]
        containers: [Container]
        volumes: { name: string; [source: string]: unknown }[]
        hostAliases?: { ip: string; hostnames: string[] }[]
      }
    }
  }
}

/** Every object of the manifests. A text that is changed first stands for what somebody's `sed` does. */
export function manifests(change = (text: string): string => text): Manifest[] {
  return manifestFiles().flatMap((file) =>
    parseAllDocuments(change(readFileSync(file, 'utf8'))).map((document) => {
      if (document.errors[0]) throw document.errors[0]
      return document.toJS() as Manifest
    }),
  )
}

/** The one object of a kind and name. */
export function manifest(kind: string, name: string, among = manifests()): Manifest {
  const [found, another] = among.filter((one) => one.kind === kind && one.metadata.name === name)
  if (!found || another) throw new Error(`there is not one ${kind} "${name}"`)
  return found
}

/** The pods that an object makes. @throws {Error} when it makes none */
export function podsOf({ kind, metadata, spec }: Manifest) {
  if (!spec?.template) throw new Error(`${kind} ${metadata.name} makes no pods`)
  return spec.template
}
