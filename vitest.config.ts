import { defineConfig } from 'vitest/config'

const limits = { testTimeout: 60_000, hookTimeout: 90_000 }

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
          exclude: ['test/{unit,property,chaos}/**', 'test/e2e/demo*.test.ts'],
        },
      },
      // How soon a service has recovered is part of what these say, and demos are ended as terminals end them: one after
      // another, when all others are done.
      {
        test: {
          ...limits,
          name: 'chaos',
          include: ['test/chaos/**/*.test.ts', 'test/e2e/demo*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
