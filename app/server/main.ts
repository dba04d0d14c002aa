/** `npm start`: pages and jobs in one process, or pages alone with LECTERN_JOBS=off. */
import { startWork } from '#app/jobs/work.ts';
import { operation } from '#config/defaults.ts';
import { readDotEnv } from '#config/dot-env.ts';
import { loadConfig } from '#config/env.ts';
import { classroomSockets } from './classroom/sockets.ts';
import { compose } from './compose.ts';
import { createApp } from './create-app.ts';
import { orExplain, stopOnSignal } from './lifecycle.ts';
import { loadPages } from './pages.ts';
import { serve } from './serve.ts';

await orExplain(async () => {
  readDotEnv();
  const config = loadConfig();
  const pages = await loadPages(config);
  const context = await compose(config, {}, { works: config.jobs });
  let stopping = false;
  const app = createApp({ context, pages, isStopping: () => stopping });
  const classrooms = classroomSockets(context, { databaseUrl: context.database.url });
  const serving = await serve(app, config, classrooms.upgrade).catch(async (error) => {
    await classrooms.stop();
    await Promise.all([context.close(), pages.close()]);
    throw error;
  });
  if (config.jobs) await startWork(context, context.queue);
  stopOnSignal(context.log, async () => {
    stopping = true;
    // First: a socket would keep the server from ending.
    await classrooms.stop();
    await serving.stop();
    await pages.close();
    await context.close({ timeoutMs: operation.stopTimeoutMs });
  });
  context.log.info({ mode: config.mode, port: serving.port, origin: config.origin, jobs: config.jobs }, 'serving');
  if (config.mode !== 'production') console.log(`\nLectern is at ${config.origin}\n`);
});
