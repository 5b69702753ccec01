/** Answers that the lab gives otherwise for one reason, by story. */
interface Otherwise {
  why: string
  answers: Readonly<Partial<Record<string, readonly string[]>>>
}

/** What the lab answers otherwise, and why it stays so: an answer that becomes the same has to leave the list. */
export const OTHERWISE: readonly Otherwise[] = [
  {
    why: 'The page that is not there answers with the paths of all parts of a real server, most of which the lab does not have.',
    answers: {
      discovery: ['no such page'],
    },
  },
  {
    why: 'It is refused or left out as by Kubernetes, but the message quotes what Go’s decoders and comparisons say of their own types and offsets; the lab says it in its own words.',
    answers: {
      writes: [
        'it is of another kind',
        'it is no object',
        'it is no JSON',
        'a value is no text',
        'patched with a wrong type',
        'its node is patched',
        'a pod with a wrong quantity',
      ],
    },
  },
  {
    why: 'No `kube-root-ca.crt` is put into new namespaces: there are no pods that would read it.',
    answers: {
      watches: ['from a version that is long past'],
    },
  },
  {
    why: 'A kind that is deleted is gone at once: the lab does not wait for its objects, and returns no definition that says so.',
    answers: {
      custom: ['the kind is deleted'],
    },
  },
  {
    why: 'Server-side apply is refused (415), and no `managedFields` are kept: who owns which field would need the schemas of all kinds.',
    answers: {
      apply: [
        'a namespace is made',
        'it is made',
        'nothing is changed',
        'another agrees',
        'another disagrees',
        'another insists',
        'what is not applied again goes',
        'it is patched by somebody',
        'what somebody set is in the way',
        'it is only tried',
        'how it is after all',
        'nobody manages it',
        'it is YAML',
        'it is neither',
        'it has no kind',
        'it has another name',
        'it has managers already',
        'a workload is made',
        'another adds a container',
        'the first goes on without its variable',
        'the first wants another image',
        'it goes',
        'a pod without containers',
      ],
    },
  },
]

/** Whether an answer of a story is one of these. */
export function isOtherwise(story: string, what: string): boolean {
  return OTHERWISE.some(({ answers }) => answers[story]?.includes(what))
}

/** The list as `docs/lab.md` shows it: a line to each reason. */
export function otherwiseLines(): string[] {
  return OTHERWISE.map(({ why, answers }) => {
    const listed = Object.entries(answers).map(([story, whats = []]) => `${story}: ${whats.join('; ')}`)
    return `- ${why} (${listed.join('. ')}.)`
  })
}
