import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { runProgram } from './run-program.ts'

/** What a node is made of, beside Kubernetes. */
export const RUN_PACKAGES = [
  'etcd-server',
  'containerd',
  'runc',
  'containernetworking-plugins',
  'busybox-static',
  'openssl',
  'iproute2',
  'e2fsprogs',
  // A filesystem of a program, and a clock that jumps.
  'bindfs',
  'faketime',
]

/** What Kubernetes is built with. */
export const BUILD_PACKAGES = ['golang-go', 'golang-github-modern-go-reflect2-dev', 'dpkg-dev']

const POLICY = '/usr/sbin/policy-rc.d'

/**
 * Installs those packages that are missing, and starts none of their services.
 * @throws {Error} when apt cannot install one
 */
export async function installPackages(
  packages: readonly string[],
  tell: (what: string) => void,
): Promise<void> {
  const missing: string[] = []
  for (const name of packages) if (!(await isInstalled(name))) missing.push(name)
  if (missing.length === 0) return
  tell(`installing from Debian: ${missing.join(', ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const own = !existsSync(POLICY)
  if (own) {
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n')
    chmodSync(POLICY, 0o755)
  }
  try {
    await runProgram('apt-get', ['update'], { env })
    await runProgram('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { env })
  } finally {
    if (own) rmSync(POLICY)
  }
}

async function isInstalled(name: string): Promise<boolean> {
  const status = await runProgram('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]).catch(() => '')
  return status === 'installed'
}
