import { z } from 'zod'

/** Quantities by resource name, not yet read. */
export const Quantities = z.record(z.string(), z.union([z.string(), z.number()])).nullish()
export type Quantities = z.infer<typeof Quantities>

/** What a container or a claim asks for and may at most have. */
export const Resources = z.object({ requests: Quantities, limits: Quantities }).nullish()
