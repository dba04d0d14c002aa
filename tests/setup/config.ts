import { type Config, loadConfig } from '#config/env.ts';

const testKey = Buffer.alloc(32, 7).toString('base64');

export function testConfig(over: Partial<Config> = {}): Config {
  const config = loadConfig({
    LECTERN_MODE: 'test',
    PORT: '0',
    APP_ORIGIN: 'http://lectern.test',
    LECTERN_KEYS: `test:${testKey}`,
  });
  return { ...config, ...over };
}
