import { createHash, randomFillSync } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { readFileSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { ALL_IMAGES, type ImageName } from './image-catalogue.ts'
import { runProgram } from './run-program.ts'

const MEBIBYTE = 1024 * 1024
const IDLE = "trap 'exit 0' TERM; while :; do /bin/busybox sleep 3600 & wait; done"

/** The name by which pods ask for an image; no registry answers to it. */
export const imageReference = (name: ImageName): string => `lab.local/${name}:${ALL_IMAGES[name].tag}`

/** The file name of an image's archive. */
export const archiveName = (name: ImageName): string => `${name}.tar`

/** Builds the archives (docker-archive) that are not there yet; such images no registry can give back. */
export async function buildImages(directory: string, names: readonly ImageName[]): Promise<void> {
  mkdirSync(directory, { recursive: true })
  for (const name of names) {
    const archive = path.join(directory, archiveName(name))
    if (existsSync(archive)) continue
    const work = `${archive}.${process.pid}`
    try {
      await buildImage(work, name)
      renameSync(path.join(work, 'image.tar'), archive)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  }
}

/** One layer: busybox, and random bytes, so that no two images share it and none of it can be compressed. */
async function buildImage(work: string, name: ImageName): Promise<void> {
  const files = path.join(work, 'files')
  for (const directory of ['bin', 'etc', 'tmp', 'proc', 'sys', 'dev', 'data']) {
    mkdirSync(path.join(files, directory), { recursive: true })
  }
  copyFileSync('/bin/busybox', path.join(files, 'bin/busybox'))
  chmodSync(path.join(files, 'bin/busybox'), 0o755)
  writeFileSync(path.join(files, 'etc/image'), `${name}\n`)
  writeRandom(path.join(files, 'content'), ALL_IMAGES[name].mebibytes)
  const owner = ['--owner=0', '--group=0', '--numeric-owner']
  await runProgram('tar', ['-C', files, ...owner, '-cf', path.join(work, 'layer.tar'), '.'])
  const config = JSON.stringify({
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Cmd: ['/bin/busybox', 'sh', '-c', IDLE], Env: ['PATH=/bin'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digestOf(path.join(work, 'layer.tar'))}`] },
    history: [{ created_by: 'kubepatrol' }],
  })
  const configName = `${createHash('sha256').update(config).digest('hex')}.json`
  const manifest = [{ Config: configName, RepoTags: [imageReference(name)], Layers: ['layer.tar'] }]
  writeFileSync(path.join(work, configName), config)
  writeFileSync(path.join(work, 'manifest.json'), JSON.stringify(manifest))
  await runProgram('tar', [
    '-C',
    work,
    '-cf',
    path.join(work, 'image.tar'),
    'manifest.json',
    configName,
    'layer.tar',
  ])
}

function writeRandom(file: string, mebibytes: number): void {
  const descriptor = openSync(file, 'w')
  const piece = Buffer.alloc(MEBIBYTE)
  for (let written = 0; written < mebibytes; written++) writeSync(descriptor, randomFillSync(piece))
  closeSync(descriptor)
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
