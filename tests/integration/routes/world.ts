import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { ROLES, type Role } from '#app/auth/roles.ts';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { DomainContext } from '#app/context.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { defaultPolicies } from '#app/domain/organisation/policy.schema.ts';
import { policyVersionFor } from '#app/domain/organisation/policy-version.server.ts';
import { exportPayRun } from '#app/domain/payroll/export-pay-run.server.ts';
import type { DB } from '#db/types.ts';
import {
  aChecklistItem,
  aClient,
  aCustomField,
  anEngagement,
  anOrganisation,
  aPackage,
  aProgram,
  aRate,
  aRequest,
  aStudent,
  aSubject,
  aTutor,
  aUser,
} from '#tests/factories/index.ts';
import { acmeDescription } from '#tests/fakes/acme-description.ts';

export type RecordKind =
  | 'tutor'
  | 'client'
  | 'student'
  | 'subject'
  | 'program'
  | 'rate'
  | 'session'
  | 'series'
  | 'material'
  /** Shared in the session's classroom. */
  | 'roomFile'
  /** Put to the session for its families. */
  | 'sessionFile'
  | 'place'
  | 'room'
  | 'invoice'
  | 'payment'
  | 'creditNote'
  | 'creditLot'
  | 'invoiceRun'
  | 'invoiceRunProposal'
  | 'payRun'
  | 'user'
  | 'install'
  | 'mail'
  | 'engagement'
  /** Of the tutor with the student's family. */
  | 'conversation'
  /** Of a student, shared with the family. */
  | 'file'
  | 'note'
  | 'request'
  /** Sent to the tutor, not yet answered. */
  | 'offer'
  /** A request of the pipeline; `request` is one to book. */
  | 'enquiry'
  | 'task'
  | 'stage'
  | 'cancellationReason'
  | 'term'
  | 'tag'
  | 'level'
  | 'payGroup'
  | 'package'
  | 'clearanceType'
  | 'clearance'
  | 'customField'
  | 'checklistItem'
  | 'noteTemplate'
  | 'course'
  | 'waiting'
  /** The name of one. */
  | 'report'
  | 'mailTemplate'
  /** Of a meeting provider, by the provider's id. */
  | 'description'
  /** Of the books: an account, a posting. */
  | 'account'
  | 'ledgerTransaction'
  /** No record at all: a random id. */
  | 'nothing';

export type Whose = 'own' | 'foreign' | 'missing';

export interface World {
  tokens: Record<Role, string>;
  id(kind: RecordKind, whose: Whose): string;
}

const COMPANY = { name: 'Harbour Tutoring', address: '', email: null, phone: null, taxNumber: null, locale: 'en-IE' };

type Records = Record<Exclude<RecordKind, 'nothing' | 'report' | 'mailTemplate' | 'description'>, string>;

/** Two families with their tutors, of whom the signed-in ones are the first; and somebody of each role. */
export async function aWorld(db: Kysely<DB>, ctx: DomainContext): Promise<World> {
  const now = ctx.clock();
  const organisation = await anOrganisation(db);
  const tokens = {} as World['tokens'];
  const users = {} as Record<Role, string>;
  for (const role of ROLES) {
    const user = await aUser(db, { roles: [role] });
    users[role] = user.id;
    tokens[role] = await startSession(db, now, user.id, { ip: '192.0.2.1', userAgent: null });
  }
  const shared = {
    subject: (await aSubject(db)).id,
    program: (await aProgram(db)).id,
    rate: (await aRate(db)).id,
    install: organisation.installs['meeting-jitsi'],
    mail: await aMail(db),
    stage: (await db.selectFrom('requestStage').select('id').executeTakeFirstOrThrow()).id,
    term: (await aTerm(db)).id,
    cancellationReason: (await db.selectFrom('cancellationReason').select('id').executeTakeFirstOrThrow()).id,
    ...(await someNames(db)),
    package: (await aPackage(db)).id,
    customField: (await aCustomField(db)).id,
    checklistItem: (await aChecklistItem(db)).id,
    noteTemplate: await aNoteTemplate(db),
    ...(await aRoom(db)),
    ...(await someBooks(db)),
    billing: organisation.installs['billing-invoicing'],
    policy: await aPolicy(db),
    now,
  };
  await db.insertInto('declaredProvider').values({ id: 'meeting-acme', source: acmeDescription }).execute();
  const own = await aSide(db, shared, { tutor: users.tutor, client: users.client, student: users.student });
  const stranger = await aUser(db, { roles: ['tutor'] });
  const foreign = await aSide(db, shared, { tutor: stranger.id });
  for (const { payRun } of [own, foreign]) await exportPayRun(db, ctx, { userId: null, kind: 'system' }, { runId: payRun });
  return {
    tokens,
    id(kind, whose) {
      if (kind === 'nothing' || whose === 'missing') return randomUUID();
      if (kind === 'report') return 'margin';
      if (kind === 'mailTemplate') return 'reset';
      if (kind === 'description') return 'meeting-acme';
      return (whose === 'own' ? own : foreign)[kind];
    },
  };
}

const aTerm = (db: Kysely<DB>) =>
  db
    .insertInto('term')
    .values({ name: 'Spring', startsOn: '2026-01-07', endsOn: '2026-04-30' })
    .returning('id')
    .executeTakeFirstOrThrow();

interface Shared
  extends Pick<
    Records,
    | 'subject'
    | 'program'
    | 'rate'
    | 'install'
    | 'mail'
    | 'cancellationReason'
    | 'term'
    | 'stage'
    | 'place'
    | 'room'
    | 'tag'
    | 'level'
    | 'payGroup'
    | 'package'
    | 'clearanceType'
    | 'customField'
    | 'checklistItem'
    | 'noteTemplate'
    | 'account'
    | 'ledgerTransaction'
  > {
  billing: string;
  policy: string;
  now: Date;
}

async function someNames(db: Kysely<DB>) {
  const named = async (list: 'tag' | 'level' | 'payGroup' | 'clearanceType') =>
    (await db.insertInto(list).values({ name: 'Juniors' }).returning('id').executeTakeFirstOrThrow()).id;
  return {
    tag: await named('tag'),
    level: await named('level'),
    payGroup: await named('payGroup'),
    clearanceType: await named('clearanceType'),
  };
}

async function someBooks(db: Kysely<DB>) {
  const account = await db
    .insertInto('account')
    .values({ code: 'assets:till', kind: 'asset', commodity: 'EUR' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const posting = await db
    .insertInto('ledgerTransaction')
    .values({ idempotencyKey: 'till', effectiveOn: '2026-01-01', description: 'Nothing yet' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { account: account.id, ledgerTransaction: posting.id };
}

async function aSide(
  db: Kysely<DB>,
  shared: Shared,
  users: { tutor: string; client?: string; student?: string },
): Promise<Records> {
  const { billing, policy, now, ...common } = shared;
  const tutor = await aTutor(db, { userId: users.tutor });
  const client = await aClient(db, { userId: users.client ?? null });
  const student = await aStudent(db, { clientId: client.id, userId: users.student ?? null });
  const startsAt = new Date(now.getTime() + 5 * 60_000);
  const session = await db
    .insertInto('session')
    .values({
      tutorId: tutor.id,
      programId: common.program,
      subjectId: common.subject,
      startsAt,
      endsAt: new Date(startsAt.getTime() + 60 * 60_000),
      durationMinutes: 60,
      wallStart: startsAt.toISOString().slice(0, 19),
      zone: 'Etc/UTC',
      localDate: startsAt.toISOString().slice(0, 10),
      mode: 'in_person',
      location: 'Room 1',
      policyVersionId: policy,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('attendance')
    .values({ sessionId: session.id, studentId: student.id, clientId: client.id, billingInstallId: billing })
    .execute();
  const material = await db
    .insertInto('sessionMaterial')
    .values({ sessionId: session.id, title: 'Worksheet', url: 'https://example.test/worksheet' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.insertInto('classroom').values({ sessionId: session.id, openedAt: now }).execute();
  const roomFile = await db
    .insertInto('classroomFile')
    .values({
      ...{ sessionId: session.id, purpose: 'chat', name: 'sums.txt', mediaType: 'text/plain', bytes: 1, sha256: '' },
      ...{ content: Buffer.from('1'), createdAt: now },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const clearance = await db
    .insertInto('clearance')
    .values({ tutorId: tutor.id, typeId: common.clearanceType })
    .returning('id')
    .executeTakeFirstOrThrow();
  const engagement = await anEngagement(db, {
    tutorId: tutor.id,
    studentId: student.id,
    programId: common.program,
    subjectId: common.subject,
  });
  const request = await db
    .insertInto('bookingRequest')
    .values({
      kind: 'cancel',
      source: 'family',
      sessionId: session.id,
      clientId: client.id,
      studentId: student.id,
      tutorId: tutor.id,
      programId: common.program,
      subjectId: common.subject,
      zone: 'Etc/UTC',
      routedTo: 'tutor',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return {
    ...common,
    engagement: engagement.id,
    request: request.id,
    offer: await anOffer(db, now, { tutorId: tutor.id, studentId: student.id, ...common }),
    enquiry: (await aRequest(db, { studentId: student.id, subjectId: common.subject })).id,
    task: await aTask(db),
    tutor: tutor.id,
    client: client.id,
    student: student.id,
    session: session.id,
    series: await aSeries(db, { tutorId: tutor.id, programId: common.program, subjectId: common.subject }),
    ...(await aWaitedFor(db, { tutorId: tutor.id, programId: common.program, subjectId: common.subject, studentId: student.id })),
    clearance: clearance.id,
    material: material.id,
    roomFile: roomFile.id,
    sessionFile: await aSessionFile(db, session.id),
    file: await aFile(db, student.id),
    note: await aNote(db, student.id),
    conversation: await aConversation(db, { tutorId: tutor.id, studentId: student.id }),
    user: users.tutor,
    ...(await documentsOf(db, now, client, tutor.id)),
  };
}

async function aTask(db: Kysely<DB>): Promise<string> {
  const task = await db.insertInto('task').values({ title: 'Ring back' }).returning('id').executeTakeFirstOrThrow();
  return task.id;
}

async function anOffer(
  db: Kysely<DB>,
  now: Date,
  of: { tutorId: string; studentId: string; subject: string; program: string },
): Promise<string> {
  const asked = await aRequest(db, { studentId: of.studentId, subjectId: of.subject });
  const { id } = await db
    .insertInto('offer')
    .values({
      requestId: asked.id,
      kind: 'one',
      programId: of.program,
      subjectId: of.subject,
      terms: JSON.stringify({
        ...{ startsOn: '2026-03-09', endsOn: null, sessionMinutes: 60, mode: 'online', placeId: null, location: '' },
        ...{ times: [{ weekday: 1, startMinute: 960 }], zone: 'Europe/Dublin' },
      }),
      answerHours: 48,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const expiresAt = new Date(now.getTime() + 48 * 3_600_000);
  await db
    .insertInto('offerTutor')
    .values({ offerId: id, tutorId: of.tutorId, position: 0, status: 'sent', sentAt: now, expiresAt })
    .execute();
  return id;
}

async function aSeries(db: Kysely<DB>, of: { tutorId: string; programId: string; subjectId: string }): Promise<string> {
  const { id } = await db
    .insertInto('series')
    .values({
      ...of,
      rrule: 'FREQ=WEEKLY;BYDAY=TU',
      startsOn: '2026-03-03',
      startMinute: 960,
      durationMinutes: 60,
      zone: 'Europe/Dublin',
      mode: 'in_person',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** An issued invoice, a credit note on it, and a pay run with a bonus. */
async function documentsOf(
  db: Kysely<DB>,
  now: Date,
  client: { id: string; ref: string; name: string },
  tutorId: string,
): Promise<Pick<Records, 'invoice' | 'payment' | 'creditNote' | 'creditLot' | 'invoiceRun' | 'invoiceRunProposal' | 'payRun'>> {
  const period = { periodFrom: '2026-02-01', periodTo: '2026-03-01', previewHash: randomUUID() };
  const money = { net: 6000n, tax: 0n, total: 6000n };
  const run = await db
    .insertInto('invoiceRun')
    .values({ ...period, status: 'issued', confirmedAt: now, finishedAt: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  const count = await db.selectFrom('invoice').select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow();
  const number = BigInt(count.n + 1);
  const invoice = await db
    .insertInto('invoice')
    .values({
      ...money,
      runId: run.id,
      series: 'invoice',
      number,
      numberText: `INV-${number}`,
      clientId: client.id,
      clientRef: client.ref,
      clientName: client.name,
      clientAddress: '',
      company: JSON.stringify(COMPANY),
      currency: 'EUR',
      issuedOn: '2026-03-01',
      dueOn: '2026-03-15',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const note = await db
    .insertInto('creditNote')
    .values({
      ...{ net: -6000n, tax: 0n, total: -6000n },
      invoiceId: invoice.id,
      series: 'credit_note',
      number,
      numberText: `CN-${number}`,
      reason: 'a mistake',
      issuedOn: '2026-03-02',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const payRun = await db
    .insertInto('payRun')
    .values({ ...period, approvedAt: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('payItem')
    .values({ kind: 'bonus', tutorId, localDate: '2026-02-10', amount: 1000n, note: 'thanks', settledAt: now, runId: payRun.id })
    .execute();
  const account = await db
    .insertInto('account')
    .values({ code: `credits:${client.ref}:lot:pkg-${number}`, kind: 'asset', commodity: 'CREDIT', clientId: client.id })
    .returning('id')
    .executeTakeFirstOrThrow();
  const lot = await db
    .insertInto('creditLot')
    .values({ clientId: client.id, accountId: account.id, credits: 100n, price: 0n, purchasedOn: '2026-02-01' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const payment = await db
    .insertInto('payment')
    .values({ clientId: client.id, amount: 6000n, receivedOn: '2026-03-02', method: 'transfer' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const proposal = await db
    .insertInto('invoiceRunProposal')
    .values({ ...period, proposedAt: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  const runs = { invoiceRun: run.id, invoiceRunProposal: proposal.id, payRun: payRun.id };
  return { invoice: invoice.id, payment: payment.id, creditNote: note.id, creditLot: lot.id, ...runs };
}

async function aFile(db: Kysely<DB>, studentId: string): Promise<string> {
  const { id } = await db
    .insertInto('file')
    .values({ studentId, name: 'Plan.pdf', mediaType: 'application/pdf', bytes: 5, sha256: 'x', visibility: 'family' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('fileContent')
    .values({ fileId: id, content: Buffer.from('%PDF-') })
    .execute();
  return id;
}

async function aNoteTemplate(db: Kysely<DB>): Promise<string> {
  const template = await db
    .insertInto('noteTemplate')
    .values({ name: 'Usual', body: 'What we did:' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return template.id;
}

async function aSessionFile(db: Kysely<DB>, sessionId: string): Promise<string> {
  const { id } = await db
    .insertInto('sessionFile')
    .values({ sessionId, kind: 'resource', name: 'Sums.txt', mediaType: 'text/plain', bytes: 1, sha256: 'x' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('sessionFileContent')
    .values({ fileId: id, content: Buffer.from('1') })
    .execute();
  return id;
}

async function aConversation(db: Kysely<DB>, of: { tutorId: string; studentId: string }): Promise<string> {
  const { id } = await db.insertInto('conversation').values(of).returning('id').executeTakeFirstOrThrow();
  await db.insertInto('conversationMessage').values({ conversationId: id, side: 'tutor', body: 'Well done' }).execute();
  return id;
}

async function aNote(db: Kysely<DB>, studentId: string): Promise<string> {
  const note = await db.insertInto('note').values({ studentId, body: 'Likes maps' }).returning('id').executeTakeFirstOrThrow();
  return note.id;
}

async function aPolicy(db: Kysely<DB>): Promise<string> {
  return db.transaction().execute((trx) => policyVersionFor(trx, effectivePolicy(defaultPolicies, {})));
}

async function aMail(db: Kysely<DB>): Promise<string> {
  const mail = await db
    .insertInto('mailMessage')
    .values({ template: 'reset', toAddress: 'somebody@example.test', data: JSON.stringify({}), status: 'captured' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return mail.id;
}

async function aRoom(db: Kysely<DB>): Promise<Pick<Records, 'place' | 'room'>> {
  const place = await db.insertInto('place').values({ name: 'Study' }).returning('id').executeTakeFirstOrThrow();
  const room = await db
    .insertInto('room')
    .values({ name: 'Blue room', placeId: place.id })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { place: place.id, room: room.id };
}

/** A course, and a student who waits for it. */
async function aWaitedFor(
  db: Kysely<DB>,
  { studentId, ...taught }: { tutorId: string; programId: string; subjectId: string; studentId: string },
): Promise<Pick<Records, 'course' | 'waiting'>> {
  const series = await db
    .insertInto('series')
    .values({
      ...taught,
      mode: 'in_person',
      rrule: 'FREQ=WEEKLY',
      startsOn: '2026-03-07',
      startMinute: 600,
      durationMinutes: 60,
      zone: 'Etc/UTC',
      occurrences: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const course = await db
    .insertInto('course')
    .values({ seriesId: series.id, name: 'Spring course', capacity: 5 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const waiting = await db
    .insertInto('waitingList')
    .values({ seriesId: series.id, studentId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { course: course.id, waiting: waiting.id };
}
