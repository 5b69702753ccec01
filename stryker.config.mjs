// Mutation testing of the kubelet's model and its simulation: `npm run mutate`.
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts' },
  mutate: [
    'src/core/kubelet/**/*.ts',
    'src/core/claims/**/*.ts',
    'src/core/forecast/simulation/**/*.ts',
    '!src/core/**/*.test.ts',
    '!src/core/**/*.contract.ts',
  ],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 2,
  reporters: ['clear-text'],
  clearTextReporter: { logTests: false, allowColor: false, reportMutants: true },
  tempDirName: '.stryker-tmp',
  thresholds: { high: 90, low: 80, break: 80 },
}
