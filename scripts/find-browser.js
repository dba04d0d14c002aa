import { existsSync } from 'node:fs';
import process from 'node:process';
import { findCommand } from './find-command.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser that this machine has, or the one CHROMIUM_PATH names.
 *
 * @returns {string | undefined}
 */
export function findBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : undefined;
  for (const name of names) {
    const found = findCommand(name);
    if (found) return found;
  }
  return places.find((place) => existsSync(place));
}
