import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { FormKind } from './form-fields.ts';

/**
 * The key of what is sent: of the page it was typed into and of every word of it. The same once more is the same answer;
 * another child typed over the first one's name, after going back, is another.
 */
export function answerKey(token: string, typed: Iterable<readonly [string, FormDataEntryValue]>): string {
  const words = [...typed].map(([name, value]) => [name, typeof value === 'string' ? value : `${value.name} ${value.size}`]);
  return createHash('sha256')
    .update(JSON.stringify([token, words]))
    .digest('base64url');
}

/** The id of a record that an answer makes: the same each time. */
export function idOfAnswer(key: string, which: string): string {
  const hex = createHash('sha256').update(`${which} ${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Whether an answer is new, in the transaction of what it makes: the second of two at once waits for the first.
 * @throws DomainError closed when the form takes none
 */
export async function takeAnswer(trx: Transaction<DB>, kind: FormKind, key: string): Promise<boolean> {
  const taken = await trx
    .insertInto('formAnswer')
    .values({ key, kind })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst();
  if (!taken) return false;
  const form = await trx.selectFrom('publicForm').select('enabled').where('kind', '=', kind).executeTakeFirst();
  if (!form?.enabled) throw new DomainError('closed', 'This form is closed just now. Nothing was sent.');
  return true;
}
