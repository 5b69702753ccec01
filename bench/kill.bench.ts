import { killRun } from '../test/keep-and-tell/kill-run.ts'

const KILLS = 200

const report = await killRun(KILLS, Math.random)
const { incidents, changes, requests, duplicates, faults } = report
console.log(
  `${KILLS} kills: ${incidents} incidents, ${changes} changes, ${requests} requests taken by two webhooks,`,
)
console.log(`${duplicates} of them again with the same key; ${faults.length} faults`)
for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`)
if (faults.length > 0 || changes < KILLS) process.exitCode = 1
