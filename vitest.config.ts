import { defineConfig } from 'vitest/config'

const limits = { testTimeout: 30_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    // Tests wait for processes and stores half of their time: as many at once as there are cores.
    maxWorkers: '100%',
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    passWithNoTests: false,
    projects: [
      // Functions without state: loading the domain anew for every file would take longer than the tests.
      {
        test: {
          ...limits,
          name: 'pure',
          include: ['test/{unit,property}/**/*.test.ts'],
          isolate: false,
        },
      },
      {
        test: {
          ...limits,
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{unit,property}/**'],
        },
      },
    ],
  },
})
