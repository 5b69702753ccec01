import { recordOf, type KubernetesObject } from './kubernetes-object.ts'
import type { ObjectStore } from './object-store.ts'
import type { PrinterColumn, ServedResource } from './resources.ts'

/** Serves what CustomResourceDefinitions define, for as long as they are there. Returns how to end it. */
export function serveCustomResources(store: ObjectStore): () => void {
  const served = new Map<string, ServedResource>()
  return store.onChange(({ type, resource, object }) => {
    if (resource !== 'customresourcedefinitions') return
    const { name } = object.metadata
    const known = served.get(name)
    if (type === 'DELETED') {
      if (known !== undefined) store.removeResource(known)
      served.delete(name)
    } else if (known === undefined) {
      const defined = resourceOf(object)
      if (defined === undefined) return
      served.set(name, defined)
      store.addResource(defined)
      const met = (state: string) => ({
        type: state,
        status: 'True',
        reason: 'InitialNamesAccepted',
      })
      const conditions = ['NamesAccepted', 'Established'].map(met)
      store.update(resource, { ...object, status: { ...recordOf(object.status), conditions } })
    }
  })
}

/** Undefined for a definition that does not say enough. */
function resourceOf({ spec }: KubernetesObject): ServedResource | undefined {
  const { group, names, scope, versions } = recordOf(spec)
  const { plural, singular, kind, shortNames, categories } = recordOf(names)
  const own = (Array.isArray(versions) ? versions : [])
    .map(recordOf)
    .filter((version) => version['served'] !== false)
  const [first, ...further] = own.map((version) => String(version['name']))
  if (
    typeof group !== 'string' ||
    typeof plural !== 'string' ||
    typeof kind !== 'string' ||
    first === undefined
  ) {
    return undefined
  }
  const columns = own.map((version) => [
    String(version['name']),
    (version['additionalPrinterColumns'] ?? []) as readonly PrinterColumn[],
  ])
  return {
    group,
    versions: [first, ...further],
    name: plural,
    kind,
    singular: typeof singular === 'string' ? singular : kind.toLowerCase(),
    isNamespaced: scope === 'Namespaced',
    shortNames: Array.isArray(shortNames) ? shortNames.map(String) : [],
    categories: Array.isArray(categories) ? categories.map(String) : [],
    subresources: own.some((version) => recordOf(version['subresources'])['status'] !== undefined)
      ? ['status']
      : [],
    countsGeneration: true,
    selectableFields: [],
    custom: Object.fromEntries(columns),
  }
}
