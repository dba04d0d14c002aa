import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'build/**', 'data/**', '.cache/**'];

/** Vite's own configuration is not used: routes are tested as functions, without the Remix plugin. */
export default defineConfig({
  test: {
    // On two processors Vitest would use one: half of them wait for the database anyway.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,config,db,emails,plugins,scripts}/**/*.test.{ts,tsx}'],
          exclude,
          setupFiles: ['tests/setup/no-unexpected-errors.ts'],
          // For property tests on a busy machine; none of them waits for anything.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.{ts,tsx}'],
          exclude,
          globalSetup: ['tests/setup/global.ts'],
          setupFiles: ['tests/setup/no-unexpected-errors.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
