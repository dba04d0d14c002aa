import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { DeclinableKind } from './mail-kinds.ts';
import { DECLINABLE_KINDS, FEWEST_MINUTES, MOST_MINUTES, MOST_REMINDERS, type Preference } from './preferences.ts';

export interface PreferencesInput {
  /** Whose mails; as they are sent to. */
  address: string;
  /** The kinds that are said something of; the others stay as they are. */
  said: Partial<Record<DeclinableKind, { wanted: boolean; minutesBefore?: readonly number[] | null }>>;
  /** On a page of their own, by a link in a mail, or by the office for them. */
  via: 'page' | 'link' | 'office';
  /** Whose it is, for the log, which holds no addresses. */
  about?: { type: 'user' | 'client' | 'student' | 'tutor'; id: string };
}

/**
 * Keeps which mails an address wants. Said again it changes nothing, and nothing is logged.
 * @throws DomainError invalid_value for a kind that can't be declined and for times that can't be reminded at
 */
export async function savePreferences(
  db: Kysely<DB>,
  actor: Actor,
  { address, said, via, about }: PreferencesInput,
): Promise<void> {
  const rows = Object.entries(said).map(([kind, { wanted, minutesBefore = null }]) => ({
    kind: checkedKind(kind),
    wanted,
    minutesBefore: kind === 'reminders' ? checkedMinutes(minutesBefore) : null,
  }));
  if (rows.length === 0) return;
  await inTransaction(db, async (trx) => {
    const written = await sql<{ kind: string; wanted: boolean; minutesBefore: number[] | null }>`
      INSERT INTO mail_preference AS p (address, kind, wanted, minutes_before, via)
      SELECT ${address}, said.kind, said.wanted, said.minutes, ${via}
      FROM jsonb_to_recordset(${JSON.stringify(rows.map(({ minutesBefore: minutes, ...row }) => ({ ...row, minutes })))}::jsonb)
        AS said (kind text, wanted boolean, minutes integer[])
      ON CONFLICT (address, kind) DO UPDATE
        SET wanted = excluded.wanted, minutes_before = excluded.minutes_before, via = excluded.via, changed_at = now()
        WHERE p.wanted <> excluded.wanted OR p.minutes_before IS DISTINCT FROM excluded.minutes_before
      RETURNING kind, wanted, minutes_before`.execute(trx);
    if (written.rows.length === 0) return;
    await audit(trx, actor, {
      action: 'mail_preference.edit',
      subjectType: about?.type ?? 'mail_preference',
      subjectId: about?.id ?? null,
      after: Object.fromEntries(written.rows.map((row) => [row.kind, row.minutesBefore ?? row.wanted])),
    });
  });
}

function checkedKind(kind: string): DeclinableKind {
  const known = DECLINABLE_KINDS.find((one) => one === kind);
  if (!known) throw new DomainError('invalid_value', 'These mails can’t be declined.');
  return known;
}

function checkedMinutes(minutes: Preference['minutesBefore']): number[] | null {
  if (minutes === null) return null;
  const each = [...new Set(minutes)].sort((a, b) => b - a);
  const fits = each.every((one) => Number.isInteger(one) && one >= FEWEST_MINUTES && one <= MOST_MINUTES);
  if (each.length === 0 || each.length > MOST_REMINDERS || !fits) {
    throw new DomainError('invalid_value', `Choose up to ${MOST_REMINDERS} times, from 5 minutes to 14 days before.`, {
      field: 'minutes',
    });
  }
  return each;
}
