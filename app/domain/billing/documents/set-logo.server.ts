import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { typeOfBytes } from '#app/domain/files/file-types.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export const LOGO_BYTES = 1_000_000;

/**
 * The logo of documents that are issued from now on; null takes it away. Those that were issued keep theirs.
 * @throws DomainError invalid_value at `logo` for what is no PNG or JPEG picture, or is too large
 */
export async function setLogo(db: Kysely<DB>, actor: Actor, input: { content: Buffer | null }): Promise<void> {
  const { content } = input;
  await inTransaction(db, async (trx) => {
    const sha256 = content && (await keepPicture(trx, content));
    const before = await trx.selectFrom('organisation').select('logoSha256').forUpdate().executeTakeFirstOrThrow();
    if (before.logoSha256 === sha256) return;
    await trx.updateTable('organisation').set({ logoSha256: sha256 }).execute();
    await audit(trx, actor, {
      action: 'organisation.logo',
      subjectType: 'organisation',
      subjectId: null,
      before: { logo: before.logoSha256 },
      after: { logo: sha256 },
    });
  });
}

async function keepPicture(trx: Kysely<DB>, content: Buffer): Promise<string> {
  const refused = (message: string) => new DomainError('invalid_value', message, { field: 'logo' });
  if (content.byteLength === 0) throw refused('Choose a picture.');
  if (content.byteLength > LOGO_BYTES) throw refused('The picture is too large: choose one below 1 MB.');
  const kind = typeOfBytes(content, '');
  const type = kind === 'png' ? 'image/png' : kind === 'jpeg' ? 'image/jpeg' : undefined;
  if (!type) throw refused('Choose a PNG or JPEG picture.');
  const sha256 = createHash('sha256').update(content).digest('hex');
  await trx
    .insertInto('documentPicture')
    .values({ sha256, content, type })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
  return sha256;
}
