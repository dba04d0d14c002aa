import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { fullName } from '#app/domain/people/names.ts';
import type { DB } from '#db/types.ts';
import { type RateBasis, specificity } from './pricing.ts';
import type { RateSide } from './rate.schema.ts';

export interface RateRow {
  id: string;
  side: RateSide;
  programId: string | null;
  subjectId: string | null;
  tutorId: string | null;
  studentId: string | null;
  program: string | null;
  subject: string | null;
  tutor: string | null;
  student: string | null;
  basis: RateBasis;
  /** Minor units of an hour, or of a session by its basis. */
  amountPerHour: bigint;
  /** Of the fees, where the basis is percent: an exact decimal. */
  percent: string | null;
  minimum: bigint | null;
  note: string;
  validFrom: string;
  validTo: string | null;
  /** Student 8, tutor 4, subject 2, program 1: of several that fit, the highest sum wins. */
  weight: number;
}

export interface RateFilter {
  sides: readonly RateSide[];
  programId?: string | undefined;
  subjectId?: string | undefined;
  tutorId?: string | undefined;
  studentId?: string | undefined;
  /** Only those that hold on or after this day. */
  from?: string | undefined;
}

function rates(db: Kysely<DB>) {
  return db
    .selectFrom('rate')
    .leftJoin('program', 'program.id', 'rate.programId')
    .leftJoin('subject', 'subject.id', 'rate.subjectId')
    .leftJoin('tutor', 'tutor.id', 'rate.tutorId')
    .leftJoin('student', 'student.id', 'rate.studentId')
    .select([
      'rate.id',
      'rate.side',
      'rate.programId',
      'rate.subjectId',
      'rate.tutorId',
      'rate.studentId',
      'rate.basis',
      'rate.amountPerHour',
      'rate.percent',
      'rate.minimum',
      'rate.note',
      'rate.validFrom',
      'rate.validTo',
      'program.name as program',
      'subject.name as subject',
      'tutor.firstName as tutorFirst',
      'tutor.lastName as tutorLast',
      'student.firstName as studentFirst',
      'student.lastName as studentLast',
    ]);
}

type Raw = Awaited<ReturnType<ReturnType<typeof rates>['execute']>>[number];

function rateRow({ tutorFirst, tutorLast, studentFirst, studentLast, ...row }: Raw): RateRow {
  return {
    ...row,
    side: row.side as RateSide,
    basis: row.basis as RateBasis,
    tutor: row.tutorId === null ? null : fullName({ firstName: tutorFirst ?? '', lastName: tutorLast ?? '' }),
    student: row.studentId === null ? null : fullName({ firstName: studentFirst ?? '', lastName: studentLast ?? '' }),
    weight: specificity(row),
  };
}

/** By scope, the most general first; the rows of one scope in the order of their dates. */
export async function listRates(db: Kysely<DB>, filter: RateFilter): Promise<RateRow[]> {
  if (filter.sides.length === 0) return [];
  let query = rates(db).where('rate.side', 'in', filter.sides);
  for (const scope of ['programId', 'subjectId', 'tutorId', 'studentId'] as const) {
    const id = filter[scope];
    if (id) query = query.where(`rate.${scope}`, '=', id);
  }
  const { from } = filter;
  if (from) query = query.where((eb) => eb.or([eb('rate.validTo', 'is', null), eb('rate.validTo', '>', from)]));
  const rows = await query
    .orderBy('rate.side')
    .orderBy(
      sql`(rate.program_id is not null)::int + 2 * (rate.subject_id is not null)::int + 4 * (rate.tutor_id is not null)::int + 8 * (rate.student_id is not null)::int`,
    )
    .orderBy('program.name')
    .orderBy('subject.name')
    .orderBy('tutor.firstName')
    .orderBy('tutor.lastName')
    .orderBy('student.firstName')
    .orderBy('student.lastName')
    .orderBy('rate.validFrom')
    .execute();
  return rows.map(rateRow);
}

export async function getRate(db: Kysely<DB>, id: string): Promise<RateRow> {
  const row = await rates(db).where('rate.id', '=', id).executeTakeFirst();
  if (!row) throw new DomainError('not_found', 'This rate is not there any more.');
  return rateRow(row);
}

/** In the order of the ids. */
export async function listRatesById(db: Kysely<DB>, ids: readonly string[]): Promise<RateRow[]> {
  if (ids.length === 0) return [];
  const rows = (await rates(db).where('rate.id', 'in', ids).execute()).map(rateRow);
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

export interface RateChangeRow {
  id: string;
  fromOn: string;
  how: { percent: string | null; amount: string | null; roundTo: string; sides: RateSide[] };
  rates: number;
  changedAt: Date;
  changedByName: string | null;
  undoneAt: Date | null;
}

/** Rates that were changed together, the newest first. */
export async function listRateChanges(db: Kysely<DB>, limit = 20): Promise<RateChangeRow[]> {
  const { rows } = await sql<RateChangeRow>`
    SELECT c.id, c.from_on, c.how, jsonb_array_length(c.changed) AS rates, c.changed_at, nullif(u.name, '') AS changed_by_name, c.undone_at
    FROM rate_change c LEFT JOIN users u ON u.id = c.changed_by
    ORDER BY c.changed_at DESC LIMIT ${limit}`.execute(db);
  return rows;
}
