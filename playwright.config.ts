import process from 'node:process';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/find-browser.js';

const port = Number(process.env.E2E_PORT ?? 4173);
const executablePath = findBrowser();
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  webServer: {
    command: 'node tests/e2e/serve.ts',
    url: `http://localhost:${port}/readyz`,
    env: { PORT: String(port), APP_ORIGIN: `http://localhost:${port}` },
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    reuseExistingServer: false,
    stdout: 'pipe',
  },
  // One company, one path through it: the tests follow each other.
  workers: 1,
  forbidOnly: true,
  retries: 0,
  // Generous: on a small machine a page's own work, the server's and the browser's share the same two processors.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ...(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['json'] as const] : [])],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // The page as it was at each step is enough to see why.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium's own sandbox can't be had as root; what it shows here is our own.
      args: asRoot ? ['--no-sandbox'] : [],
    },
  },
});
