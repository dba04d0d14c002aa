import { sql } from 'kysely';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import type { CancelledBy } from '#app/domain/billing/outcomes.ts';
import { defaultProviderFor } from '#app/domain/meetings/default-provider.server.ts';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { policyVersionFor } from '#app/domain/organisation/policy-version.server.ts';
import { findClashes, lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { insertSession } from '#app/domain/scheduling/insert-session.server.ts';
import { addMinutes, isWallTime, localDateOf, wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { releaseExpiredHolds } from '#app/domain/storefront/release-expired-holds.server.ts';
import { type CsvRow, readCsv } from './csv-file.server.ts';
import { Findings, type ImportRun, idsByRef, refuse, repeats } from './import-run.server.ts';

/** A session of the file that was taken, or is in the database from before. */
export interface TakenSession {
  id: string;
  /** Student references to ids. */
  students: Map<string, string>;
}

export interface SaidCancellation {
  row: CsvRow;
  sessionRef: string;
  /** Empty: the whole session. */
  studentRef: string;
  by: string;
  /** Undefined: no time, or one that doesn't exist. */
  at: Date | undefined;
}

const isBy = (by: string): by is CancelledBy => by === 'client' || by === 'tutor' || by === 'office';

/** Read with the sessions, since a cancelled place blocks nobody. */
export async function readCancellations(run: ImportRun): Promise<SaidCancellation[]> {
  const rows = await readCsv(run.directory, 'cancellations.csv', ['session', 'student', 'cancelled_at', 'by']);
  return rows.map((row) => {
    const wall = row.get('cancelled_at');
    const at = isWallTime(wall) ? wallToInstant(wall, run.organisation.timezone) : undefined;
    return { row, sessionRef: row.get('session'), studentRef: row.get('student'), by: row.get('by'), at };
  });
}

/** The places of a session that somebody cancelled. */
function cancelledPlaces(said: readonly SaidCancellation[], students: readonly string[]): Set<string> {
  const valid = said.filter((cancellation) => cancellation.at && isBy(cancellation.by));
  if (valid.some((cancellation) => cancellation.studentRef === '')) return new Set(students);
  return new Set(valid.map((cancellation) => cancellation.studentRef).filter((ref) => students.includes(ref)));
}

/** Who of the file's accepted rows is taken when. */
class Calendar {
  private readonly taken = new Map<string, { from: number; to: number }[]>();
  private listOf(resource: string) {
    const list = this.taken.get(resource) ?? [];
    this.taken.set(resource, list);
    return list;
  }
  isTaken(resource: string, from: Date, to: Date): boolean {
    return this.listOf(resource).some((busy) => busy.from < to.getTime() && from.getTime() < busy.to);
  }
  take(resource: string, from: Date, to: Date): void {
    this.listOf(resource).push({ from: from.getTime(), to: to.getTime() });
  }
}

const columns = [
  'id',
  'tutor',
  'students',
  'program',
  'subject',
  'starts_at',
  'duration_minutes',
  'mode',
  'location',
  'billable',
  'description',
];

/**
 * Locks everybody the file's sessions name, before anything that bookings wait for: who books at the same time waits for
 * the import or is waited for, never in a circle.
 */
export async function lockNamed(run: ImportRun): Promise<void> {
  const rows = await readCsv(run.directory, 'sessions.csv', columns);
  const tutors = new Set(rows.map((row) => row.get('tutor')));
  const students = new Set(rows.flatMap((row) => studentRefs(row)));
  const { rows: named } = await sql<{ id: string }>`
    SELECT id FROM tutor WHERE ref = ANY(${[...tutors]}::text[])
    UNION ALL SELECT id FROM student WHERE ref = ANY(${[...students]}::text[])`.execute(run.trx);
  const ids = named.map(({ id }) => id);
  if (ids.length > 0) await lockResources(run.trx, ids, run.ctx.clock());
}

const studentRefs = (row: CsvRow): string[] =>
  row
    .get('students')
    .split(';')
    .map((student) => student.trim())
    .filter(Boolean);

export async function importSessions(
  run: ImportRun,
  cancellations: readonly SaidCancellation[],
): Promise<Map<string, TakenSession>> {
  const { trx, ctx, organisation } = run;
  const bySession = Map.groupBy(cancellations, (cancellation) => cancellation.sessionRef);
  const lookup = await lookUp(run);
  const before = await sessionsBefore(run);
  const taken = new Map<string, TakenSession>(before);
  const calendar = new Calendar();
  const seen = new Set<string>();
  for (const row of await readCsv(run.directory, 'sessions.csv', columns)) {
    const findings = new Findings();
    const ref = row.get('id');
    const repeated = repeats(seen, ref, findings);
    const tutor =
      lookup.tutors.get(row.get('tutor')) ?? findings.add('unknown_reference', `tutor ${row.get('tutor')} is not known`);
    const program =
      lookup.programs.get(row.get('program')) ?? findings.add('unknown_reference', `program ${row.get('program')} is not known`);
    const subjectId =
      lookup.subjects.get(row.get('subject')) ?? findings.add('unknown_reference', `subject ${row.get('subject')} is not known`);
    const refs = studentRefs(row);
    const students = refs.flatMap(
      (studentRef) =>
        lookup.students.get(studentRef) ?? findings.add('unknown_reference', `student ${studentRef} is not known`) ?? [],
    );
    const plan = readPlan(row, refs, findings);
    const startsAt = plan && wallToInstant(plan.wallStart, organisation.timezone);
    if (plan && !startsAt) findings.add('nonexistent_time', `${plan.wallStart} does not exist in ${organisation.timezone}`);
    if (findings.worst || !tutor || !program || !subjectId || !plan || !startsAt) {
      if (!repeated || findings.worst) refuse(run, 'sessions.csv', row, ref, findings);
      continue;
    }

    const endsAt = addMinutes(startsAt, plan.durationMinutes);
    const cancelled = cancelledPlaces(bySession.get(ref) ?? [], refs);
    const tutorFree = cancelled.size === refs.length;
    const tutorUntil = addMinutes(endsAt, tutor.bufferMinutes);
    if (!tutorFree && calendar.isTaken(tutor.id, startsAt, tutorUntil))
      findings.add('tutor_conflict', `${row.get('tutor')} is taken then`);
    const present = students.filter((student) => !cancelled.has(student.ref));
    const busy = present.filter((student) => calendar.isTaken(student.id, startsAt, endsAt));
    if (busy.length > 0) findings.add('student_conflict', `${busy.map((student) => student.ref).join(', ')} is taken then`);
    if (!before.has(ref) && lookup.othersPlanned && !findings.worst && present.length > 0) {
      const occupation = {
        tutorId: tutor.id,
        bufferMinutes: tutor.bufferMinutes,
        studentIds: present.map((student) => student.id),
        startsAt,
        endsAt,
      };
      for (const clash of await findClashes(trx, occupation, { now: ctx.clock() })) {
        const by = clash.id === null ? 'a guest who is just booking' : clash.ref;
        findings.add(clash.kind === 'student' ? 'student_conflict' : 'tutor_conflict', `taken then by ${by}`);
      }
    }
    if (refuse(run, 'sessions.csv', row, ref, findings)) continue;
    if (!tutorFree) calendar.take(tutor.id, startsAt, tutorUntil);
    for (const student of present) calendar.take(student.id, startsAt, endsAt);
    if (before.has(ref)) continue;

    const sessionId = await insertSession(trx, run.actor, {
      ref,
      tutorId: tutor.id,
      bufferMinutes: tutor.bufferMinutes,
      programId: program.id,
      subjectId,
      places: students.map(({ id, clientId, billingInstallId }) => ({ studentId: id, clientId, billingInstallId })),
      time: { startsAt, endsAt, localDate: localDateOf(startsAt, organisation.timezone), zone: organisation.timezone },
      title: '',
      plan: '',
      policyVersionId: program.policyVersionId,
      chargeRateOverride: null,
      payRateOverride: null,
      rateOverrideReason: '',
      released: {
        tutor: tutorFree,
        students: new Set(students.filter((student) => cancelled.has(student.ref)).map((student) => student.id)),
      },
      ...plan,
    });
    taken.set(ref, { id: sessionId, students: new Map(students.map((student) => [student.ref, student.id])) });
    await planRoom(run, lookup.meetingInstallId, sessionId, plan.mode, endsAt, students.length);
    await assessSession(trx, ctx, sessionId, { fresh: true });
  }
  return taken;
}

/** What is still to come online gets its room, as if it had been booked here. */
async function planRoom(
  run: ImportRun,
  installId: string | undefined,
  sessionId: string,
  mode: string,
  endsAt: Date,
  students: number,
): Promise<void> {
  if (mode !== 'online' || !installId || endsAt <= run.ctx.clock()) return;
  const fitting = await defaultProviderFor(run.trx, run.ctx, { installId, students });
  await planMeeting(run.trx, run.ctx, { sessionId, installId: fitting ?? installId });
}

function readPlan(row: CsvRow, students: readonly string[], findings: Findings) {
  const minutes = row.get('duration_minutes');
  const mode = row.get('mode');
  const billable = row.get('billable');
  const wallStart = row.get('starts_at');
  if (students.length === 0) findings.add('invalid_value', 'students is empty');
  if (new Set(students).size !== students.length) findings.add('invalid_value', 'a student is named twice');
  if (!isWallTime(wallStart)) findings.add('invalid_value', 'starts_at is no date and time such as 2026-03-08T15:30');
  if (!/^\d{1,4}$/.test(minutes) || Number(minutes) < 1 || Number(minutes) > 1440)
    findings.add('invalid_value', 'duration_minutes is from 1 to 1440');
  if (mode !== 'online' && mode !== 'in_person') findings.add('invalid_value', 'mode is online or in_person');
  if (billable !== 'yes' && billable !== 'no') findings.add('invalid_value', 'billable is yes or no');
  if (findings.worst?.code === 'invalid_value' || (mode !== 'online' && mode !== 'in_person') || !isWallTime(wallStart))
    return undefined;
  return {
    wallStart,
    durationMinutes: Number(minutes),
    mode: mode as 'online' | 'in_person',
    location: row.get('location'),
    billable: billable === 'yes',
    description: row.get('description'),
  };
}

/** Sessions that an earlier import took: they are not taken again. */
async function sessionsBefore(run: ImportRun): Promise<Map<string, TakenSession>> {
  const rows = await run.trx
    .selectFrom('session')
    .innerJoin('attendance', 'attendance.sessionId', 'session.id')
    .innerJoin('student', 'student.id', 'attendance.studentId')
    .select(['session.ref', 'session.id', 'student.ref as studentRef', 'student.id as studentId'])
    .execute();
  const before = new Map<string, TakenSession>();
  for (const row of rows) {
    const session = before.get(row.ref) ?? { id: row.id, students: new Map<string, string>() };
    session.students.set(row.studentRef, row.studentId);
    before.set(row.ref, session);
  }
  return before;
}

async function lookUp(run: ImportRun) {
  const { trx, ctx, organisation } = run;
  const tutors = await trx.selectFrom('tutor').select(['ref', 'id', 'bufferMinutes']).execute();
  const programs = await trx.selectFrom('program').select(['ref', 'id', 'policyOverrides']).execute();
  const students = await trx
    .selectFrom('student')
    .innerJoin('client', 'client.id', 'student.clientId')
    .select(['student.ref', 'student.id', 'student.clientId', 'client.billingInstallId'])
    .execute();
  const standard = organisation.billingInstallId ?? (await ctx.plugins.billingInstallPaying(trx, 'invoice'));
  const policies = new Map<string, string>();
  for (const program of programs) {
    policies.set(program.id, await policyVersionFor(trx, effectivePolicy(organisation.policies, program.policyOverrides)));
  }
  await releaseExpiredHolds(trx, ctx);
  const planned = await trx.selectFrom('sessionResource').select('resourceId').limit(1).executeTakeFirst();
  return {
    tutors: new Map(tutors.map((tutor) => [tutor.ref, tutor])),
    programs: new Map(
      programs.map((program) => [program.ref, { id: program.id, policyVersionId: policies.get(program.id) ?? '' }]),
    ),
    subjects: await idsByRef(trx, 'subject'),
    students: new Map(
      students.map((student) => [student.ref, { ...student, billingInstallId: student.billingInstallId ?? standard }]),
    ),
    othersPlanned: planned !== undefined,
    meetingInstallId: organisation.meetingInstallId ?? (await ctx.plugins.defaultInstall(trx, 'meeting'))?.id,
  };
}
