/** What a document of events that begins so is written in; undefined when it begins like none. */
export function eventListForm(sample: string): 'json' | 'yaml' | undefined {
  if (/^\s*\{/.test(sample)) return /"(?:involvedObject|regarding)"\s*:/.test(sample) ? 'json' : undefined
  return /^(?:---\s*\n)?apiVersion: /.test(sample) && /^[\s-]*(?:involvedObject|regarding):/m.test(sample)
    ? 'yaml'
    : undefined
}
