import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';

export const migrationsDir = fileURLToPath(new URL('./migrations', import.meta.url));

const fileName = /^\d{4}_[a-z0-9_]+\.sql$/;

/** Plain `.sql` files, numbered, forward only. */
export class SqlMigrations implements MigrationProvider {
  readonly #folder: string;
  constructor(folder = migrationsDir) {
    this.#folder = folder;
  }

  async getMigrations(): Promise<Record<string, Migration>> {
    const migrations: Record<string, Migration> = {};
    for (const file of (await readdir(this.#folder)).sort()) {
      if (!file.endsWith('.sql')) continue;
      if (!fileName.test(file)) throw new Error(`${file}: a migration is named like 0001_what_it_does.sql`);
      const text = await readFile(path.join(this.#folder, file), 'utf8');
      migrations[file.slice(0, -'.sql'.length)] = {
        up: async (db) => {
          // A statement that waits for a lock blocks everybody behind it: rather fail and be tried again.
          await sql`set local lock_timeout = '10s'`.execute(db);
          await sql`set local statement_timeout = 0`.execute(db);
          await sql.raw(text).execute(db);
        },
      };
    }
    return migrations;
  }
}

/**
 * Brings the database to the newest migration; returns the names of those that ran. Kysely's Migrator takes an
 * advisory lock and one transaction for all of them: of several processes that start at once, one migrates and
 * the rest wait.
 */
// biome-ignore lint/suspicious/noExplicitAny: migrations know no table types
export async function migrate(db: Kysely<any>, folder?: string): Promise<string[]> {
  const { error, results = [] } = await migratorOf(db, folder).migrateToLatest();
  const failed = results.find((result) => result.status === 'Error');
  if (error) throw new Error(`Migration ${failed?.migrationName ?? ''} failed: ${messageOf(error)}`, { cause: error });
  return results.map((result) => result.migrationName);
}

/** The migrations that have not run on this database. */
// biome-ignore lint/suspicious/noExplicitAny: migrations know no table types
export async function pendingMigrations(db: Kysely<any>, folder?: string): Promise<string[]> {
  const all = await migratorOf(db, folder).getMigrations();
  return all.filter((migration) => !migration.executedAt).map((migration) => migration.name);
}

// biome-ignore lint/suspicious/noExplicitAny: migrations know no table types
function migratorOf(db: Kysely<any>, folder?: string): Migrator {
  return new Migrator({
    // CamelCasePlugin would rename nothing here, but would also see the text of the files.
    db: db.withoutPlugins(),
    provider: new SqlMigrations(folder),
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
