import { defineConfig } from 'vitest/config'

/** The tests beside the model: what `npm run mutate` judges. */
export default defineConfig({
  test: {
    include: [
      'src/core/kubelet/**/*.test.ts',
      'src/core/claims/**/*.test.ts',
      'src/core/forecast/simulation/**/*.test.ts',
    ],
  },
})
