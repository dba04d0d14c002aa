import type { TestProject } from 'vitest/node';
import { openDatabase } from '#db/client.ts';
import { makeTemplate, startTestServer, templateName } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string;
    templateName: string;
  }
}

/** One server and one template for the whole run; two runs at once don't meet. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  const name = `${templateName}_${process.pid}`;
  await makeTemplate(server.url, name);
  project.provide('serverUrl', server.url);
  project.provide('templateName', name);
  return async () => {
    const admin = openDatabase({ url: server.url, max: 1, onError: () => {} });
    const { rows } = await admin.pool.query('select datname from pg_database where datname like $1', [`%\\_${process.pid}`]);
    for (const { datname } of rows) await admin.pool.query(`drop database if exists ${datname} with (force)`);
    await admin.close();
    await server.stop();
  };
}
