import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'build/**', 'data/**', '.cache/**'];

export default defineConfig({
  test: {
    // The Remix plugin is not loaded: routes are tested as functions.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['app/**/*.test.{ts,tsx}', 'config/**/*.test.ts', 'db/**/*.test.ts', 'emails/**/*.test.ts', 'plugins/**/*.test.ts'],
          exclude,
          setupFiles: ['tests/setup/no-unexpected-errors.ts'],
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
