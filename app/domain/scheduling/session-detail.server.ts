import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { type WaivedPlace, waivedOf } from '#app/domain/make-ups/waived-words.ts';
import { type Policy, policyOf } from '#app/domain/organisation/policies.ts';
import type { DB } from '#db/types.ts';

export interface SessionPlace {
  attendanceId: string;
  studentId: string;
  studentName: string;
  clientId: string;
  clientName: string;
  outcome: string;
  markedAt: Date | null;
  note: string;
  /** Of this student alone; null: everybody's. */
  homework: string | null;
  /** The tutor's and the office's. */
  absenceNote: string;
  rating: number | null;
  chargePercent: string | null;
  payPercent: string | null;
  minutes: number | null;
  leftOut: string | null;
  /** Why it costs nothing though it was missed. */
  waived: WaivedPlace | null;
  flag: string | null;
  revision: number;
  billingInstallId: string;
  /** What is (or was) charged for it, net in minor units. */
  charge: {
    id: string;
    net: bigint;
    reason: unknown;
    invoiceId: string | null;
    invoiceNumber: string | null;
    reversed: boolean;
  } | null;
}

export interface SessionDetail {
  id: string;
  ref: string;
  version: number;
  status: string;
  tutor: { id: string; name: string; email: string | null };
  program: { id: string; name: string; kind: string };
  subject: { id: string; name: string };
  title: string;
  description: string;
  plan: string;
  startsAt: Date;
  endsAt: Date;
  /** YYYY-MM-DDTHH:mm in `zone`. */
  wallStart: string;
  zone: string;
  localDate: string;
  durationMinutes: number;
  mode: string;
  location: string;
  roomId: string | null;
  placeId: string | null;
  billable: boolean;
  chargeRateOverride: bigint | null;
  payRateOverride: bigint | null;
  rateOverrideReason: string;
  settledAt: Date | null;
  payLeftOut: string | null;
  policy: Policy;
  places: SessionPlace[];
  payItems: { id: string; kind: string; amount: bigint; minutes: number | null; reason: unknown; runId: string | null }[];
  closeOut: {
    status: string;
    actualStartsAt: Date;
    actualMinutes: number;
    /** What the tutor is paid for; null: the same. */
    paidMinutes: number | null;
    miles: string | null;
    notes: string;
    privateNote: string;
    homework: string;
    homeworkDueOn: string | null;
    nextTopics: string;
    summary: string;
    submissionKey: string | null;
    sentBackReason: string;
    automatic: boolean;
    submittedAt: Date;
    submittedByName: string | null;
    approvedAt: Date | null;
    approvedByName: string | null;
    version: number;
  } | null;
  meeting: {
    installId: string;
    installName: string;
    state: string;
    joinUrl: string | null;
    /** The tutor ended a room of our own for all. */
    endedForAll: boolean;
    error: string | null;
  } | null;
  /** `after`: for the family to go on with. */
  materials: { id: string; title: string; url: string; phase: string; addedBy: string | null; createdAt: Date }[];
  questions: { id: string; body: string; askedBy: string | null; askedById: string | null; createdAt: Date }[];
  story: {
    id: bigint;
    at: Date;
    actorName: string | null;
    actorKind: string;
    action: string;
    before: unknown;
    after: unknown;
    reason: string;
  }[];
  mails: {
    id: string;
    template: string;
    toName: string;
    toAddress: string;
    status: string;
    createdAt: Date;
    sentAt: Date | null;
    error: string | null;
  }[];
}

/** A session with its whole story. @throws DomainError not_found */
export async function getSession(db: Kysely<DB>, id: string): Promise<SessionDetail> {
  const row = await db
    .selectFrom('session')
    .innerJoin('tutor', 'tutor.id', 'session.tutorId')
    .innerJoin('program', 'program.id', 'session.programId')
    .innerJoin('subject', 'subject.id', 'session.subjectId')
    .innerJoin('policyVersion', 'policyVersion.id', 'session.policyVersionId')
    .selectAll('session')
    .select([
      'tutor.firstName',
      'tutor.lastName',
      'tutor.email',
      'program.name as programName',
      'program.kind',
      'subject.name as subjectName',
      'policyVersion.rules',
    ])
    .where('session.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new DomainError('not_found', 'This session does not exist.');
  const [places, payItems, closeOut, meeting, materials, questions, story, mails] = await Promise.all([
    listPlaces(db, id),
    db
      .selectFrom('payItem')
      .select(['id', 'kind', 'amount', 'minutes', 'reason', 'runId'])
      .where('sessionId', '=', id)
      .orderBy('createdAt')
      .execute(),
    db
      .selectFrom('closeOut')
      .leftJoin('users as s', 's.id', 'closeOut.submittedBy')
      .leftJoin('users as a', 'a.id', 'closeOut.approvedBy')
      .selectAll('closeOut')
      .select(['s.name as submittedByName', 'a.name as approvedByName'])
      .where('sessionId', '=', id)
      .executeTakeFirst(),
    db
      .selectFrom('meeting')
      .innerJoin('pluginInstall', 'pluginInstall.id', 'meeting.installId')
      .leftJoin('classroom', 'classroom.sessionId', 'meeting.sessionId')
      .select(sql<boolean>`classroom.ended_at is not null`.as('endedForAll'))
      .select(['meeting.installId', 'pluginInstall.name as installName', 'meeting.state', 'meeting.joinUrl', 'meeting.error'])
      .where('meeting.sessionId', '=', id)
      .executeTakeFirst(),
    db
      .selectFrom('sessionMaterial as m')
      .leftJoin('users', 'users.id', 'm.addedBy')
      .select(['m.id', 'm.title', 'm.url', 'm.phase', 'users.name as addedBy', 'm.createdAt'])
      .where('m.sessionId', '=', id)
      .orderBy('m.createdAt')
      .execute(),
    db
      .selectFrom('sessionQuestion as q')
      .leftJoin('users', 'users.id', 'q.askedBy')
      .select(['q.id', 'q.body', 'users.name as askedBy', 'q.askedBy as askedById', 'q.createdAt'])
      .where('q.sessionId', '=', id)
      .orderBy('q.createdAt')
      .execute(),
    db
      .selectFrom('auditLog')
      .leftJoin('users', 'users.id', 'auditLog.actorUserId')
      .leftJoin('apiKey', 'apiKey.id', 'auditLog.actorApiKeyId')
      .select((eb) => [
        'auditLog.id',
        'auditLog.at',
        eb.fn.coalesce('users.name', 'apiKey.name').as('actorName'),
        'auditLog.actorKind',
        'auditLog.action',
        'auditLog.before',
        'auditLog.after',
        'auditLog.reason',
      ])
      .where('auditLog.sessionId', '=', id)
      .orderBy('auditLog.id')
      .execute(),
    db
      .selectFrom('mailMessage')
      .select(['id', 'template', 'toName', 'toAddress', 'status', 'createdAt', 'sentAt', 'error'])
      .where('sessionId', '=', id)
      .orderBy('createdAt')
      .execute(),
  ]);
  return {
    id: row.id,
    ref: row.ref,
    version: row.version,
    status: row.status,
    tutor: { id: row.tutorId, name: [row.firstName, row.lastName].filter(Boolean).join(' '), email: row.email },
    program: { id: row.programId, name: row.programName, kind: row.kind },
    subject: { id: row.subjectId, name: row.subjectName },
    title: row.title,
    description: row.description,
    plan: row.plan,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    wallStart: String(row.wallStart).slice(0, 16),
    zone: row.zone,
    localDate: row.localDate,
    durationMinutes: row.durationMinutes,
    mode: row.mode,
    location: row.location,
    roomId: row.roomId,
    placeId: row.placeId,
    billable: row.billable,
    chargeRateOverride: row.chargeRateOverride,
    payRateOverride: row.payRateOverride,
    rateOverrideReason: row.rateOverrideReason,
    settledAt: row.settledAt,
    payLeftOut: row.payLeftOut,
    policy: policyOf(row.rules),
    places,
    payItems,
    closeOut: closeOut ?? null,
    meeting: meeting ?? null,
    materials,
    questions,
    story,
    mails,
  };
}

async function listPlaces(db: Kysely<DB>, sessionId: string): Promise<SessionPlace[]> {
  const rows = await db
    .selectFrom('attendance as a')
    .innerJoin('student', 'student.id', 'a.studentId')
    .innerJoin('client', 'client.id', 'a.clientId')
    .leftJoin('charge as c', (join) => join.onRef('c.attendanceId', '=', 'a.id').onRef('c.revision', '=', 'a.revision'))
    .leftJoin('makeUp', 'makeUp.attendanceId', 'a.id')
    .leftJoin('term', 'term.id', 'a.waivedTermId')
    .leftJoin('invoiceLine', 'invoiceLine.chargeId', 'c.id')
    .leftJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select([
      'a.id as attendanceId',
      'a.studentId',
      'student.firstName',
      'student.lastName',
      'a.clientId',
      'client.name as clientName',
      'a.outcome',
      'a.markedAt',
      'a.note',
      'a.homework',
      'a.absenceNote',
      'a.rating',
      'a.chargePercent',
      'a.payPercent',
      'a.minutes',
      'a.leftOut',
      'a.waivedAs',
      'term.name as freeTerm',
      'makeUp.state as makeUpState',
      'makeUp.expiresOn as makeUpUntil',
      'a.flag',
      'a.revision',
      'a.billingInstallId',
      'c.id as chargeId',
      'c.net',
      'c.reason',
      'c.reversedAt',
      'invoice.id as invoiceId',
      'invoice.numberText',
    ])
    .where('a.sessionId', '=', sessionId)
    .orderBy(sql`student.ref COLLATE "C"`)
    .execute();
  return rows.map(({ firstName, lastName, chargeId, net, reason, reversedAt, invoiceId, numberText, ...row }) => {
    const { waivedAs, freeTerm, makeUpState, makeUpUntil, ...place } = row;
    return {
      ...place,
      waived: waivedOf({ waivedAs, freeTerm, makeUpState, makeUpUntil }),
      studentName: [firstName, lastName].filter(Boolean).join(' '),
      charge:
        chargeId === null || net === null
          ? null
          : { id: chargeId, net, reason, invoiceId, invoiceNumber: numberText, reversed: reversedAt !== null },
    };
  });
}
