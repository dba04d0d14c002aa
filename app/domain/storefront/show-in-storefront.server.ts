import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { freeText } from '#app/domain/people/fields.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

const shown = z.preprocess((value) => value === 'on' || value === true, z.boolean());

export const showInStorefrontSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('program'), id: z.uuid(), shown }),
  z.object({ what: z.literal('tutor'), id: z.uuid(), shown, text: freeText(600) }),
]);
export type ShowInStorefront = z.output<typeof showInStorefrontSchema>;

/** Puts a program or a tutor on the booking page or takes it off; a tutor with their own words. @throws DomainError not_found */
export async function showInStorefront(db: Kysely<DB>, actor: Actor, input: ShowInStorefront): Promise<void> {
  const { what, id } = input;
  const values = what === 'tutor' ? { inStorefront: input.shown, storefrontText: input.text } : { inStorefront: input.shown };
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom(what).select('inStorefront').where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This record is not there any more.');
    await trx.updateTable(what).set(values).where('id', '=', id).execute();
    await audit(trx, actor, {
      action: `${what}.storefront`,
      subjectType: what,
      subjectId: id,
      before: { shown: before.inStorefront },
      after: { shown: input.shown },
    });
  });
}
