/** A registry: the folder of its members, and the name its index exports. */
export interface Registry {
  folder: string
  exports: string
}
export const REGISTRIES: readonly Registry[]
export function memberIds(folder: string): Promise<string[]>
export function exportName(id: string): string
export function registryIndexes(): Promise<Record<string, string>>
