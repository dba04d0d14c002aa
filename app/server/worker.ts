/** `npm run worker`: jobs alone, as many of these processes as wanted. */
import { startWork } from '#app/jobs/work.ts';
import { operation } from '#config/defaults.ts';
import { readDotEnv } from '#config/dot-env.ts';
import { loadConfig } from '#config/env.ts';
import { compose } from './compose.ts';
import { orExplain, stopOnSignal } from './lifecycle.ts';

await orExplain(async () => {
  readDotEnv();
  const config = loadConfig();
  const context = await compose(config, {}, { works: true });
  await startWork(context, context.queue);
  stopOnSignal(context.log, () => context.close({ timeoutMs: operation.stopTimeoutMs }));
  context.log.info({ mode: config.mode }, 'working');
});
