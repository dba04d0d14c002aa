import { existsSync } from 'node:fs';
import process from 'node:process';

/** Settings from a file `.env` of the directory it is started in; what the environment says already stands. */
export function readDotEnv(file = '.env'): void {
  if (existsSync(file)) process.loadEnvFile(file);
}
