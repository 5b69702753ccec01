import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runProgram } from './run-program.ts'

/** The image that the manifests in `deploy/` name. */
export const PRODUCT_IMAGE = 'localhost/kubepatrol:0.1.0'

/** What the program starts, and what its users start in its pods. */
const PROGRAMS = ['du', 'stat', 'nice', 'ionice', 'journalctl', 'cat']
/** The one package that is not in the bundle, with what it loads. */
const PACKAGES = ['libsql', '@libsql', '@neon-rs', 'detect-libc']

/** Makes the archive (docker-archive) of the image that `deploy/Dockerfile` describes, out of this machine's own programs. */
export async function buildProductImage(archive: string): Promise<void> {
  const work = `${archive}.${process.pid}`
  const files = path.join(work, 'files')
  try {
    mkdirSync(path.join(files, 'tmp'), { recursive: true })
    for (const part of ['package.json', 'dist', ...PACKAGES.map((name) => `node_modules/${name}`)]) {
      cpSync(part, path.join(files, 'kubepatrol', part), { recursive: true })
    }
    await putProgram(files, process.execPath, 'node')
    await putLibraries(
      files,
      createRequire(import.meta.url).resolve(`@libsql/${process.platform}-${process.arch}-gnu`),
    )
    for (const name of PROGRAMS) await putProgram(files, `/usr/bin/${name}`, name)
    await pack(work, files, archive)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function putProgram(files: string, program: string, name: string): Promise<void> {
  cpSync(realpathSync(program), path.join(files, 'usr/bin', name))
  await putLibraries(files, program)
}

/** The libraries that a file is linked to, where it looks for them. */
async function putLibraries(files: string, linkedFile: string): Promise<void> {
  const linked = await runProgram('ldd', [linkedFile])
  for (const [library] of linked.matchAll(/\/\S+/g)) {
    cpSync(realpathSync(library), path.join(files, library))
  }
}

async function pack(work: string, files: string, archive: string): Promise<void> {
  const layer = path.join(work, 'layer.tar')
  await runProgram('tar', ['-C', files, '--owner=0', '--group=0', '--numeric-owner', '-cf', layer, '.'])
  const dockerfile = readFileSync('deploy/Dockerfile', 'utf8')
  const config = JSON.stringify({
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: {
      Entrypoint: JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? '') as string[],
      Env: ['PATH=/usr/bin', 'NODE_ENV=production'],
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digestOf(readFileSync(layer))}`] },
    history: [{ created_by: 'kubepatrol' }],
  })
  const configName = `${digestOf(config)}.json`
  writeFileSync(path.join(work, configName), config)
  const manifest = [{ Config: configName, RepoTags: [PRODUCT_IMAGE], Layers: ['layer.tar'] }]
  writeFileSync(path.join(work, 'manifest.json'), JSON.stringify(manifest))
  await runProgram('tar', ['-C', work, '-cf', archive, 'manifest.json', configName, 'layer.tar'])
}

const digestOf = (content: Buffer | string) => createHash('sha256').update(content).digest('hex')
