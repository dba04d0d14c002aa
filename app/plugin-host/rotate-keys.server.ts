import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { connectionTokensPlace } from './account-tokens.server.ts';
import { canaryPlace, canaryWord } from './canary.server.ts';
import { credentialPlace } from './install-token.server.ts';
import { isSealed, type KeyRing, keyIdOf, open, type SealedPlace, seal } from './sealing.server.ts';

/**
 * Seals everything anew with the ring's first key, so that the former keys can be taken out. All or nothing; repeating
 * it changes nothing. Throws a SealingError where a key is missing.
 *
 * @returns how many secrets were sealed anew
 */
export async function rotateKeys(db: Kysely<DB>, ring: KeyRing): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let count = 0;
    const again = (place: SealedPlace, sealed: unknown) =>
      isSealed(sealed) && keyIdOf(sealed) !== ring[0]?.id ? seal(ring, place, open(ring, place, sealed)) : undefined;
    const rows = await trx.selectFrom('pluginInstall').select(['id', 'settings']).orderBy('id').forUpdate().execute();
    for (const row of rows) {
      const settings = { ...(row.settings as Record<string, unknown>) };
      let changed = false;
      for (const [path, value] of Object.entries(settings)) {
        const sealed = again({ table: 'plugin_install', row: row.id, path }, value);
        if (!sealed) continue;
        settings[path] = sealed;
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
    const connections = await trx
      .selectFrom('providerConnection')
      .select(['id', 'tokens as sealed'])
      .where('tokens', 'is not', null)
      .orderBy('id')
      .forUpdate()
      .execute();
    for (const { id, sealed } of connections) {
      const tokens = again(connectionTokensPlace(id), sealed);
      if (!tokens) continue;
      await trx.updateTable('providerConnection').set({ tokens }).where('id', '=', id).execute();
      count += 1;
    }
    const credentials = await trx
      .selectFrom('installCredential')
      .select(['installId', 'tokens as sealed'])
      .orderBy('installId')
      .forUpdate()
      .execute();
    for (const { installId, sealed } of credentials) {
      const tokens = again(credentialPlace(installId), sealed);
      if (!tokens) continue;
      await trx.updateTable('installCredential').set({ tokens }).where('installId', '=', installId).execute();
      count += 1;
    }
    // Whoever is on the way to a provider at this moment begins again.
    await trx.deleteFrom('oauthRequest').execute();
    await sql`lock table key_canary in exclusive mode`.execute(trx);
    await trx
      .updateTable('keyCanary')
      .set({ sealed: seal(ring, canaryPlace, canaryWord) })
      .execute();
    return count;
  });
}
