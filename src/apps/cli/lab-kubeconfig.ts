import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { coded } from '../../core/errors/kubepatrol-error.ts'

/** The kubeconfig of a lab, in a file that only its owner reads. */
export interface KeptKubeconfig {
  file: string
  /** Removes what was made for it; a file that was asked for stays. */
  remove(): Promise<void>
}

/** Writes it to the file that is asked for, else to a temporary one. @throws {KubepatrolError} KP_USAGE when it cannot be written */
export async function keepKubeconfig(text: string, wanted?: string): Promise<KeptKubeconfig> {
  const folder = wanted === undefined ? await mkdtemp(path.join(tmpdir(), 'kubepatrol-lab-')) : undefined
  const file = wanted ?? path.join(folder ?? '', 'kubeconfig')
  await writeFile(file, text, { mode: 0o600 }).catch((failure: Error) => {
    throw coded('KP_USAGE', { problem: failure.message }, failure)
  })
  return {
    file,
    async remove() {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
