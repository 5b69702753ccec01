import type { DigestReference } from '../kubernetes/digest-reference.ts'
import type { RegistryAnswer } from './pullability.ts'

/** The registries of a node, asked as its runtime would ask them, but without credentials. */
export interface ImageRegistries {
  /** Whether one of them would give exactly this manifest. Never throws; takes some seconds at most. */
  ask(reference: DigestReference): Promise<RegistryAnswer>
  /** Lets go of connections. */
  close(): Promise<void>
}
