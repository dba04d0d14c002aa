import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { accounts } from '#app/domain/billing/accounts.ts';
import { post } from '#app/domain/billing/ledger.server.ts';
import { wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { nextNumber } from './sequence.ts';

export interface SettledPlace {
  sessionId: string;
  attendanceId: string;
  chargeId: string | null;
  ref: string;
}

interface Company {
  timezone: string;
  currency: string;
  installs: Record<string, string>;
}

/** The parts every settled place of a test shares; made once. */
export interface Ground {
  organisation: Company;
  tutorId: string;
  programId: string;
  subjectId: string;
  policyVersionId: string;
}

export async function aPolicyVersion(db: Kysely<DB>): Promise<string> {
  const row = await db
    .insertInto('policyVersion')
    .values({ hash: randomUUID(), rules: JSON.stringify({}) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/**
 * A place as settlement leaves it: with its charge of `net` posted to the books, or, with `leftOut`, without one. Each takes a
 * day and a time of its own, so that the tutor is never taken twice.
 */
export async function aSettledPlace(
  db: Kysely<DB>,
  ground: Ground,
  place: {
    clientId: string;
    clientRef: string;
    studentId: string;
    date: string;
    net?: bigint;
    taxPercent?: string;
    leftOut?: string;
    wall?: string;
  },
): Promise<SettledPlace> {
  const { organisation } = ground;
  const net = place.net ?? 6000n;
  const wallStart = `${place.date}T${place.wall ?? '10:00'}`;
  const startsAt = wallToInstant(wallStart, organisation.timezone);
  if (!startsAt) throw new Error(`${wallStart} does not exist`);
  const settled = place.leftOut === undefined;
  return inTransaction(db, async (trx) => {
    const session = await trx
      .insertInto('session')
      .values({
        tutorId: ground.tutorId,
        programId: ground.programId,
        subjectId: ground.subjectId,
        title: `Lesson ${nextNumber()}`,
        startsAt,
        endsAt: new Date(startsAt.getTime() + 3_600_000),
        durationMinutes: 60,
        wallStart: sql`${wallStart}::timestamp`,
        zone: organisation.timezone,
        localDate: place.date,
        mode: 'online',
        status: settled ? 'approved' : 'scheduled',
        policyVersionId: ground.policyVersionId,
      })
      .returning(['id', 'ref'])
      .executeTakeFirstOrThrow();
    const attendance = await trx
      .insertInto('attendance')
      .values({
        sessionId: session.id,
        studentId: place.studentId,
        clientId: place.clientId,
        billingInstallId: organisation.installs['billing-invoicing'] ?? '',
        outcome: settled ? 'attended' : 'planned',
        leftOut: place.leftOut ?? null,
        settledAt: settled ? new Date() : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (!settled) return { sessionId: session.id, attendanceId: attendance.id, chargeId: null, ref: session.ref };
    const charge = await trx
      .insertInto('charge')
      .values({
        kind: 'session',
        clientId: place.clientId,
        attendanceId: attendance.id,
        localDate: place.date,
        description: 'Mathematics, 60 min',
        minutes: 60,
        net,
        taxPercent: place.taxPercent ?? '0',
        reason: JSON.stringify({ rate: '6000', minutes: 60, percent: '100' }),
        settledAt: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const client = { id: place.clientId, ref: place.clientRef };
    await post(trx, {
      key: `charge:${charge.id}`,
      effectiveOn: place.date,
      description: 'settled',
      attendanceId: attendance.id,
      entries: [
        { account: accounts.unbilled(client, organisation.currency), amount: net },
        { account: accounts.tuition(organisation.currency), amount: -net },
      ],
    });
    return { sessionId: session.id, attendanceId: attendance.id, chargeId: charge.id, ref: session.ref };
  });
}
