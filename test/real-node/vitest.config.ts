import { defineConfig } from 'vitest/config'

/** The tests that need a real node; `npm run real-node -- test` runs them. */
export default defineConfig({
  test: {
    include: ['test/real-node/live/*.test.ts'],
    root: '.',
    // Bringing a node up takes half a minute where nothing else runs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
})
