import { z } from 'zod'

/** What a node is asked to be; handed from process to process as JSON. */
export const Order = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/),
  diskBytes: z.number().int().positive(),
  places: z.object({ binaries: z.string(), images: z.string(), recordings: z.string(), nodes: z.string() }),
  images: z.array(z.string()),
  /** A scenario to play once the node is ready, and where its recording goes. */
  scenario: z.object({ file: z.string(), recording: z.string() }).optional(),
  /** Stay after the scenario. */
  keep: z.boolean(),
})
export type Order = z.infer<typeof Order>

/** What a node tells of itself while it comes up, a line of JSON each. */
export const Report = z.union([
  z.object({ says: z.string() }),
  z.object({ pidNamespace: z.string() }),
  /** Its API can be used; a scenario is still to be played. */
  z.object({ serves: z.literal(true) }),
  z.object({ ready: z.literal(true) }),
  z.object({ failed: z.string() }),
])
export type Report = z.infer<typeof Report>

/** Tells the process that started this one. */
export function report(line: Report): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Reads a line of another process; one that is no report is something it says. */
export function readReport(line: string): Report {
  try {
    return Report.parse(JSON.parse(line))
  } catch {
    return { says: line }
  }
}
