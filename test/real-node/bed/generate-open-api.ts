import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Go } from './build-kubernetes.ts'

const GENERATED = 'pkg/generated/openapi/zz_generated.openapi.go'
const MARK = /^\/\/ *\+k8s:openapi-gen=true/m
/** Where packages are that Kubernetes' own makefile looks at, and their import paths. */
const TREES = [
  { folder: 'pkg', imported: 'k8s.io/kubernetes/pkg' },
  { folder: 'staging/src/k8s.io', imported: 'k8s.io/kubernetes/vendor/k8s.io' },
]
const LEFT_OUT = /codegen|sample|kube-openapi|\/test/

/** The API server needs definitions that Kubernetes' makefile generates; Debian's source lacks them. */
export async function generateOpenApi(source: string, go: Go): Promise<void> {
  if (existsSync(path.join(source, GENERATED))) return
  const packages = TREES.flatMap(({ folder, imported }) =>
    markedFolders(path.join(source, folder)).map((found) => path.posix.join(imported, found)),
  ).filter((name) => !LEFT_OUT.test(name))
  const generator = './vendor/k8s.io/kube-openapi/cmd/openapi-gen'
  await go([
    'run',
    generator,
    '--output-file-base=zz_generated.openapi',
    `--input-dirs=${[...new Set(packages)].join(',')}`,
    `--output-package=k8s.io/kubernetes/${path.dirname(GENERATED)}`,
    '--go-header-file=hack/boilerplate/boilerplate.generatego.txt',
    `--report-filename=${path.join(source, 'violations')}`,
    `--output-base=${path.join(source, '../gopath/src')}`,
  ])
}

/** Folders with a Go file that bears the mark, relative to `root`. */
function markedFolders(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.go'))
    .filter(({ parentPath, name }) => MARK.test(readFileSync(path.join(parentPath, name), 'utf8')))
    .map(({ parentPath }) => path.relative(root, parentPath))
}
