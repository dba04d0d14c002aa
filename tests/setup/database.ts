import { afterAll, inject } from 'vitest';
import { type Database, openDatabase } from '#db/client.ts';
import { urlOf } from './server.ts';

export type TestDatabase = Database;

let made = 0;

/**
 * A database of its own for a test file: a copy of the migrated template, a few hundredths of a second. Call it once,
 * at the top of the file; it is closed and dropped when the file is done.
 */
export async function testDatabase(options: { max?: number; of?: string } = {}): Promise<TestDatabase> {
  const serverUrl = inject('serverUrl');
  const template = inject('templateName');
  // Of a database that this file has filled and closed, or of the template that knows nothing.
  const source = options.of ? new URL(options.of).pathname.slice(1) : template;
  // Ends with the run's number, by which the run clears away what a broken test file left.
  const name = `lectern_${process.pid}_${made++}_${template.split('_').at(-1)}`;
  await onServer(serverUrl, `create database ${name} template ${source}`);
  const broken: Error[] = [];
  let closing = false;
  const database = openDatabase({
    url: urlOf(serverUrl, name),
    max: options.max ?? 10,
    // A connection that is still saying goodbye when its database is dropped has not broken.
    onError: (error) => {
      if (!closing) broken.push(error);
    },
  });
  afterAll(async () => {
    closing = true;
    await database.close();
    await onServer(serverUrl, `drop database if exists ${name} with (force)`);
    if (broken.length > 0) throw broken[0];
  });
  return database;
}

async function onServer(url: string, statement: string): Promise<void> {
  const server = openDatabase({ url, max: 1, onError: () => {} });
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        await server.pool.query(statement);
        return;
      } catch (error) {
        // Two files copying the template at the same moment can meet.
        if ((error as { code?: string }).code !== '55006' || attempt === 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  } finally {
    await server.close();
  }
}
