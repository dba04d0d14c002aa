import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { canaryPlace, canaryWord } from './canary.server.ts';
import { isSealed, type KeyRing, keyIdOf, open, seal } from './sealing.server.ts';

/**
 * Seals everything anew with the ring's first key, so that the former keys can be taken out. All or nothing; repeating
 * it changes nothing. Throws a SealingError where a key is missing.
 *
 * @returns how many secrets were sealed anew
 */
export async function rotateKeys(db: Kysely<DB>, ring: KeyRing): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let count = 0;
    const rows = await trx.selectFrom('pluginInstall').select(['id', 'settings']).orderBy('id').forUpdate().execute();
    for (const row of rows) {
      const settings = { ...(row.settings as Record<string, unknown>) };
      let changed = false;
      for (const [path, value] of Object.entries(settings)) {
        if (!isSealed(value) || keyIdOf(value) === ring[0]?.id) continue;
        const place = { table: 'plugin_install', row: row.id, path };
        settings[path] = seal(ring, place, open(ring, place, value));
        changed = true;
        count += 1;
      }
      if (changed) {
        await trx
          .updateTable('pluginInstall')
          .set({ settings: JSON.stringify(settings) })
          .where('id', '=', row.id)
          .execute();
      }
    }
    await sql`lock table key_canary in exclusive mode`.execute(trx);
    await trx
      .updateTable('keyCanary')
      .set({ sealed: seal(ring, canaryPlace, canaryWord) })
      .execute();
    return count;
  });
}
