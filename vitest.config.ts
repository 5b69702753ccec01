import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    // Needs root and a quarter of an hour's work once: `npm run real-node -- test` (docs/real-node.md).
    exclude: [...configDefaults.exclude, 'test/real-node/live/**'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 20_000,
  },
})
