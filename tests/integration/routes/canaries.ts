import { type Kysely, sql } from 'kysely';
import type { Role } from '#app/auth/roles.ts';
import type { DB } from '#db/types.ts';
import type { Whose, World } from './world.ts';

/** Who looks: somebody of each role but owner and admin, who may see all of it; and who cares for the own student while another pays. */
export type Watcher = Exclude<Role, 'owner' | 'admin'> | 'guardian';
export const WATCHERS = ['scheduler', 'tutor', 'client', 'student', 'guardian'] as const satisfies Watcher[];

const FAMILY = ['client', 'student', 'guardian'] as const;

/**
 * Words that stand in one place each, and who may come upon them where the record is their own; of others' records the
 * office alone (of it the scheduler, where named).
 */
export const CANARIES = {
  notes: ['scheduler', 'tutor', ...FAMILY],
  noteOfOne: ['scheduler', 'tutor', ...FAMILY],
  summary: ['scheduler', 'tutor', ...FAMILY],
  homework: ['scheduler', 'tutor', ...FAMILY],
  homeworkFile: ['scheduler', 'tutor', ...FAMILY],
  answer: ['scheduler', 'tutor', ...FAMILY],
  nextTopics: ['scheduler', 'tutor', ...FAMILY],
  goal: ['scheduler', 'tutor', ...FAMILY],
  goalNote: ['scheduler', 'tutor', ...FAMILY],
  message: ['scheduler', 'tutor', ...FAMILY],
  question: ['scheduler', 'tutor', ...FAMILY],
  goalKeptBack: ['scheduler', 'tutor'],
  privateNote: ['scheduler', 'tutor'],
  absence: ['scheduler', 'tutor'],
  receipt: ['scheduler', 'tutor'],
  plan: ['scheduler', 'tutor', ...FAMILY],
  feedbackOfTutor: ['scheduler', 'tutor'],
  feedbackOfFamily: ['scheduler', 'client'],
  messageTakenOut: ['scheduler'],
  clientNotes: ['scheduler'],
  tutorNotes: ['scheduler'],
  clientPhone: ['scheduler', 'client'],
  tutorPhone: ['scheduler', 'tutor'],
  draft: ['tutor'],
  payRate: ['tutor'],
  mailOfMoney: [],
} as const satisfies Record<string, readonly Watcher[]>;
export type Canary = keyof typeof CANARIES;

/** As it stands in the database and everywhere it is shown. Money is a number of its own. */
export function canaryOf(canary: Canary, whose: Whose): string {
  if (canary === 'payRate') return whose === 'own' ? '737471' : '747371';
  if (canary === 'clientPhone') return whose === 'own' ? '+353 1 700 1771' : '+353 1 700 2772';
  if (canary === 'tutorPhone') return whose === 'own' ? '+353 1 700 3773' : '+353 1 700 4774';
  return `canary-${whose}-${canary}`;
}

/** A lesson of last week that was closed out, with every word there can be of it; and what hangs on its people. */
export async function hideCanaries(
  db: Kysely<DB>,
  world: World,
  whose: 'own' | 'foreign',
  now: Date,
): Promise<{ session: string }> {
  const say = (canary: Canary) => canaryOf(canary, whose);
  const id = (kind: Parameters<World['id']>[0]) => world.id(kind, whose);
  const startsAt = new Date(now.getTime() - 5 * 86_400_000);
  const { id: session } = await db
    .insertInto('session')
    .columns([
      ...(['tutorId', 'programId', 'subjectId', 'startsAt', 'endsAt', 'durationMinutes', 'wallStart', 'zone'] as const),
      ...(['localDate', 'mode', 'policyVersionId', 'status', 'plan'] as const),
    ])
    .expression((eb) =>
      eb
        .selectFrom('session')
        .select([
          ...(['tutorId', 'programId', 'subjectId'] as const),
          eb.val(startsAt).as('startsAt'),
          eb.val(new Date(startsAt.getTime() + 3_600_000)).as('endsAt'),
          'durationMinutes',
          sql<string>`${startsAt.toISOString().slice(0, 19)}::timestamp`.as('wallStart'),
          'zone',
          sql<string>`${startsAt.toISOString().slice(0, 10)}::date`.as('localDate'),
          sql<string>`'online'`.as('mode'),
          'policyVersionId',
          sql<string>`'closed_out'`.as('status'),
          eb.val(say('plan')).as('plan'),
        ])
        .where('id', '=', id('session')),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  const place = await db
    .selectFrom('attendance')
    .select(['clientId', 'billingInstallId'])
    .where('sessionId', '=', id('session'))
    .executeTakeFirstOrThrow();
  const student = { studentId: id('student') };
  await db
    .insertInto('attendance')
    .values({
      ...{ sessionId: session, ...student, ...place, outcome: 'attended', rating: 4 },
      ...{ note: say('noteOfOne'), absenceNote: say('absence'), homeworkAnswer: say('answer') },
    })
    .execute();
  await db
    .insertInto('closeOut')
    .values({
      ...{ sessionId: session, actualStartsAt: startsAt, actualMinutes: 60, submittedAt: now },
      ...{ notes: say('notes'), privateNote: say('privateNote'), summary: say('summary') },
      ...{ homework: say('homework'), nextTopics: say('nextTopics') },
    })
    .execute();
  await db
    .insertInto('sessionQuestion')
    .values({ sessionId: id('session'), body: say('question') })
    .execute();
  for (const kind of ['homework', 'receipt'] as const) {
    const file = await db
      .insertInto('sessionFile')
      .values({
        ...{ sessionId: session, kind, name: `${say(kind === 'homework' ? 'homeworkFile' : 'receipt')}.pdf` },
        ...{ mediaType: 'application/pdf', bytes: 1, sha256: kind },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('sessionFileContent')
      .values({ fileId: file.id, content: Buffer.from('x') })
      .execute();
  }
  const goals = await db
    .insertInto('goal')
    .values([
      { ...student, title: say('goal') },
      { ...student, title: say('goalKeptBack'), shared: false },
    ])
    .returning('id')
    .execute();
  await db
    .insertInto('goalRating')
    .values({
      goalId: goals[0]?.id ?? '',
      sessionId: session,
      rating: 3,
      note: say('goalNote'),
      ratedOn: startsAt.toISOString().slice(0, 10),
    })
    .execute();
  await hideWhatIsSaid(db, world, { whose, session, now });
  await sql`UPDATE client SET notes = ${say('clientNotes')}, phone = ${say('clientPhone')} WHERE id = ${id('client')}`.execute(
    db,
  );
  await sql`UPDATE tutor SET notes = ${say('tutorNotes')}, phone = ${say('tutorPhone')} WHERE id = ${id('tutor')}`.execute(db);
  await db
    .insertInto('rate')
    .values({ side: 'pay', tutorId: id('tutor'), amountPerHour: BigInt(say('payRate')), validFrom: '2026-01-01' })
    .execute();
  return { session };
}

async function hideWhatIsSaid(
  db: Kysely<DB>,
  world: World,
  { whose, session, now }: { whose: 'own' | 'foreign'; session: string; now: Date },
): Promise<void> {
  const say = (canary: Canary) => canaryOf(canary, whose);
  const pair = { tutorId: world.id('tutor', whose), studentId: world.id('student', whose) };
  const users = await sql<{ tutor: string; client: string | null }>`
    SELECT t.user_id AS tutor, c.user_id AS client FROM tutor t, client c
    WHERE t.id = ${pair.tutorId} AND c.id = ${world.id('client', whose)}`.execute(db);
  const { tutor, client } = users.rows[0] ?? { tutor: '', client: null };
  await db
    .insertInto('closeOutDraft')
    .values({
      sessionId: world.id('session', whose),
      userId: tutor,
      body: JSON.stringify({ notes: [say('draft')] }),
      savedAt: now,
    })
    .execute();
  await db
    .insertInto('feedback')
    .values([
      { ...pair, sessionId: session, side: 'tutor', userId: tutor, rating: 3, body: say('feedbackOfTutor') },
      // Of the far family nobody signs in: somebody has said it for them.
      { ...pair, sessionId: session, side: 'client', userId: client ?? tutor, rating: 2, body: say('feedbackOfFamily') },
    ])
    .execute();
  const common = { conversationId: world.id('conversation', whose), side: 'tutor', senderUserId: tutor };
  await db
    .insertInto('conversationMessage')
    .values([
      { ...common, body: say('message') },
      { ...common, body: say('messageTakenOut'), removedAt: now },
    ])
    .execute();
  await db
    .insertInto('mailMessage')
    .values({
      ...{ template: 'invoice', toAddress: `${whose}@example.test`, toName: whose, userId: client, status: 'sent', sentAt: now },
      data: JSON.stringify({ company: { name: 'x', contact: null }, number: say('mailOfMoney') }),
    })
    .execute();
}
