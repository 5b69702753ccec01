import { closeSync, mkdirSync, openSync, rmSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { INSIDE } from './places.ts'
import { runProgram } from './run-program.ts'

/** Paths that a kubelet or containerd writes to whatever it is told; the node gets its own. */
const OWN_IN_MEMORY = ['/run', '/var/lib']

/** What the node sees of the machine, and where. */
export interface Furniture {
  diskBytes: number
  state: string
  binaries: string
  images: string
  recording?: string
}

/** Lays out the node's own view of the files: runs in a mount namespace of its own, and goes with it. */
export async function furnish({ diskBytes, state, recording, ...shown }: Furniture): Promise<void> {
  const room = path.join(state, 'room')
  mkdirSync(room, { recursive: true })
  await mountInMemory(room)
  const at = (place: string) => path.join(room, path.basename(place))
  for (const directory of [INSIDE.disk, INSIDE.memory]) mkdirSync(at(directory))
  await bind(state, at(INSIDE.state))
  await bind(shown.binaries, at(INSIDE.binaries))
  await bind(shown.images, at(INSIDE.images))
  if (recording !== undefined) await bind(recording, at(INSIDE.recording))
  await mountDisk(path.join(state, 'disk.img'), diskBytes, at(INSIDE.disk))
  // Only now may the machine's own paths disappear: everything needed of them is in the room.
  await runProgram('mount', ['--move', room, path.dirname(INSIDE.disk)])
  for (const directory of OWN_IN_MEMORY) await mountInMemory(directory)
  for (const directory of [
    INSIDE.volume,
    INSIDE.kubelet,
    `${INSIDE.disk}/log/pods`,
    `${INSIDE.disk}/log/containers`,
  ]) {
    mkdirSync(directory, { recursive: true })
  }
  // Logs fill the node's disk.
  await runProgram('mount', ['--bind', `${INSIDE.disk}/log`, '/var/log'])
  // As systemd has it: what is mounted later is seen in pods that ask for it, nothing of it on this machine.
  await runProgram('mount', ['--make-rshared', '/'])
}

async function mountInMemory(directory: string): Promise<void> {
  await runProgram('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', directory])
}

async function bind(from: string, to: string): Promise<void> {
  mkdirSync(to)
  await runProgram('mount', ['--bind', from, to])
}

/** The file has no name any more once it is mounted: whatever ends the node gives its bytes back. */
async function mountDisk(file: string, bytes: number, to: string): Promise<void> {
  closeSync(openSync(file, 'w'))
  truncateSync(file, bytes)
  await runProgram('mkfs.ext4', ['-q', '-m', '0', '-E', 'lazy_itable_init=0,lazy_journal_init=0', file])
  await runProgram('mount', ['-o', 'loop', file, to])
  rmSync(file)
}

/** The network of the node: its own, with nobody else in it. */
export async function connect(address: string): Promise<void> {
  await runProgram('ip', ['link', 'set', 'lo', 'up'])
  await runProgram('ip', ['link', 'add', 'node0', 'type', 'bridge'])
  await runProgram('ip', ['address', 'add', `${address}/24`, 'dev', 'node0'])
  await runProgram('ip', ['link', 'set', 'node0', 'up'])
}
