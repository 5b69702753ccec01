import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { generateOpenApi } from './generate-open-api.ts'
import { fetchSource } from './kubernetes-source.ts'
import { KUBERNETES } from './places.ts'
import { runProgram } from './run-program.ts'

/** How often a build says how far it is. */
const PACKAGES_A_LINE = 100

/**
 * Builds the servers from Debian's source of Kubernetes into `directory`, which is there whole or not at all.
 * Takes some minutes and 4 GB of disk, of which 0.4 GB remain.
 */
export async function buildKubernetes(directory: string, tell: (what: string) => void): Promise<void> {
  const work = `${directory}.building-${process.pid}`
  mkdirSync(work, { recursive: true })
  try {
    tell(`fetching the source of Kubernetes ${KUBERNETES.version}`)
    const source = await fetchSource(work)
    const go = goIn(work, source)
    replaceReflect(source)
    tell('generating the OpenAPI definitions')
    await generateOpenApi(source, go)
    const built = path.join(work, 'servers')
    mkdirSync(built)
    for (const server of KUBERNETES.servers) {
      tell(`building ${server}`)
      let packages = 0
      await go(
        ['build', '-v', '-ldflags', linkerFlags(), '-o', path.join(built, server), `./cmd/${server}`],
        () => {
          packages += 1
          if (packages % PACKAGES_A_LINE === 0) tell(`building ${server}: ${packages} packages`)
        },
      )
    }
    rmSync(directory, { recursive: true, force: true })
    renameSync(built, directory)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Runs a program of Go's in the source, at low priority. */
export type Go = (args: readonly string[], onLine?: (line: string) => void) => Promise<string>

/** The vendored tree does not pass the checks of modules: it is built the old way, in a GOPATH. */
function goIn(work: string, source: string): Go {
  const home = path.join(work, 'gopath/src/k8s.io')
  mkdirSync(home, { recursive: true })
  symlinkSync(source, path.join(home, 'kubernetes'))
  const env = {
    ...process.env,
    GOPATH: path.join(work, 'gopath'),
    GOCACHE: path.join(work, 'compiled'),
    GO111MODULE: 'off',
    GOFLAGS: '',
    CGO_ENABLED: '0',
    PWD: path.join(home, 'kubernetes'),
  }
  return (args, onLine) =>
    runProgram('nice', ['go', ...args], {
      cwd: path.join(home, 'kubernetes'),
      env,
      ...(onLine ? { onLine } : {}),
    })
}

/** The vendored reflect2 crashes the API server when it is built with a Go of 1.18 or later; Debian's does not. */
function replaceReflect(source: string): void {
  const debian = '/usr/share/gocode/src/github.com/modern-go/reflect2'
  const vendored = path.join(source, 'vendor/github.com/modern-go/reflect2')
  if (!existsSync(debian)) throw new Error(`${debian} is missing: golang-github-modern-go-reflect2-dev`)
  rmSync(vendored, { recursive: true })
  mkdirSync(vendored)
  for (const file of readdirSync(debian).filter((name) => /(?<!_test)\.(?:go|s)$/.test(name))) {
    copyFileSync(path.join(debian, file), path.join(vendored, file))
  }
}

function linkerFlags(): string {
  const [major, minor] = KUBERNETES.version.split('.')
  const values = {
    gitVersion: `v${KUBERNETES.version}`,
    gitMajor: major,
    gitMinor: minor,
    gitTreeState: 'archive',
    gitCommit: KUBERNETES.commit,
    buildDate: KUBERNETES.builtAt,
  }
  const packages = ['component-base/version', 'client-go/pkg/version']
  const stamps = packages.flatMap((name) =>
    Object.entries(values).map(
      ([key, value]) => `-X k8s.io/kubernetes/vendor/k8s.io/${name}.${key}=${value}`,
    ),
  )
  return ['-s', '-w', ...stamps].join(' ')
}
