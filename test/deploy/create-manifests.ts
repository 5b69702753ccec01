import type { Ask } from '../api-answers/play.ts'
import { collectionPath, type KubernetesObject } from '../real-node/bed/kubernetes-api.ts'

/** An object, with whatever its kind has. */
type AnObject = KubernetesObject & { [field: string]: unknown }

/** Creates objects. @param query such as `?dryRun=All` @returns what the server answered of each */
export async function createAll(
  ask: Ask,
  objects: readonly AnObject[],
  query = '',
): Promise<{ object: string; status: number; answer: Record<string, unknown> }[]> {
  const answers = []
  for (const object of objects) {
    const { status, text } = await ask({
      method: 'POST',
      path: `${collectionPath(object)}${query}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(object),
    })
    const answer = JSON.parse(text) as Record<string, unknown>
    answers.push({ object: `${object.kind}/${object.metadata.name}`, status, answer })
  }
  return answers
}
