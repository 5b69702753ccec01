import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The versions between which the lab was tried with kubectl. */
const TRIED = { from: '1.20', to: '1.36' }

/** The kubectls to try the lab with, and why others are left alone. */
export interface Kubectls {
  found: readonly { version: string; program: string }[]
  left: readonly string[]
}

/** Those of `KUBEPATROL_TEST_KUBECTLS`, several with a colon between them, of any version; else the one on the PATH. */
export async function findKubectls(): Promise<Kubectls> {
  const named = process.env['KUBEPATROL_TEST_KUBECTLS']?.split(':').filter((program) => program !== '')
  const looked = await Promise.all(
    (named ?? ['kubectl']).map(async (program) => {
      const version = await clientVersion(program)
      const why = named === undefined ? reasonToLeave(version) : undefined
      if (version === undefined || why !== undefined) return { left: `${program}: ${why ?? NO_PROGRAM}` }
      return { found: { version, program } }
    }),
  )
  return {
    found: looked.flatMap(({ found }) => found ?? []),
    left: looked.flatMap(({ left }) => left ?? []),
  }
}

const NO_PROGRAM = 'there is no such program that tells its version'

/** Undefined for one that the lab was tried with. */
export function reasonToLeave(version: string | undefined): string | undefined {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version ?? '') ?? []
  if (major === undefined || minor === undefined) return NO_PROGRAM
  const [from = 0, to = 0] = [TRIED.from, TRIED.to].map((limit) => Number(limit.split('.')[1]))
  if (major === '1' && Number(minor) >= from && Number(minor) <= to) return undefined
  return `it is ${version}, and the lab was tried with ${TRIED.from} to ${TRIED.to}; KUBEPATROL_TEST_KUBECTLS tries others`
}

/** `v1.20.2`; undefined when the program does not say it within ten seconds. */
async function clientVersion(program: string): Promise<string | undefined> {
  const asked = promisify(execFile)(program, ['version', '--client', '-o', 'json'], { timeout: 10_000 })
  return asked.then(
    ({ stdout }) => /"gitVersion": "([^"]+)"/.exec(stdout)?.[1],
    () => undefined,
  )
}
