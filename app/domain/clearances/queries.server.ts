import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { type ClearanceStatus, currentOf, lastGoodDay, type Required, type Standing, standingOf } from './clearance.ts';

export interface ClearanceTypeRow {
  id: string;
  name: string;
  required: Required;
  validMonths: number | null;
  remindDays: number[];
  archivedAt: Date | null;
  version: number;
}

const typeColumns = ['id', 'name', 'validMonths', 'remindDays', 'archivedAt', 'version'] as const;

/** In their order, what is archived last. */
export async function listClearanceTypes(db: Kysely<DB>): Promise<ClearanceTypeRow[]> {
  return db
    .selectFrom('clearanceType')
    .select(typeColumns)
    .select(sql<Required>`required`.as('required'))
    .orderBy(sql`archived_at IS NOT NULL`)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** @throws DomainError not_found */
export async function getClearanceType(db: Kysely<DB>, id: string): Promise<ClearanceTypeRow> {
  const type = await db
    .selectFrom('clearanceType')
    .select(typeColumns)
    .select(sql<Required>`required`.as('required'))
    .where('id', '=', id)
    .executeTakeFirst();
  if (!type) throw new DomainError('not_found', 'This kind of clearance is not there.');
  return type;
}

export interface ClearanceRow {
  id: string;
  tutorId: string;
  tutorName: string;
  typeId: string;
  typeName: string;
  number: string;
  issuedOn: string | null;
  expiresOn: string | null;
  /** The last day on which it is good; null: for ever. */
  until: string | null;
  status: ClearanceStatus;
  note: string;
  file: { id: string; name: string } | null;
  checkedBy: string | null;
  checkedAt: Date | null;
  remindedDays: number | null;
  createdAt: Date;
  version: number;
}

type Raw = Omit<ClearanceRow, 'until'> & { validMonths: number | null };

async function select(db: Kysely<DB>, where: RawBuilder<unknown>): Promise<ClearanceRow[]> {
  const { rows } = await sql<Raw>`
    SELECT c.id, c.tutor_id, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name, c.type_id, k.name AS type_name,
           k.valid_months, c.number, c.issued_on, c.expires_on, c.status, c.note, c.checked_at, c.reminded_days, c.created_at, c.version,
           CASE WHEN f.id IS NOT NULL THEN json_build_object('id', f.id, 'name', f.name) END AS file,
           coalesce(nullif(u.name, ''), u.email::text) AS checked_by
    FROM clearance c JOIN tutor t ON t.id = c.tutor_id JOIN clearance_type k ON k.id = c.type_id
         LEFT JOIN file f ON f.id = c.file_id LEFT JOIN users u ON u.id = c.checked_by
    WHERE ${where} ORDER BY c.created_at DESC, c.id DESC`.execute(db);
  return rows.map(({ validMonths, ...row }) => ({ ...row, until: lastGoodDay(row, validMonths) }));
}

/** @throws DomainError not_found */
export async function getClearance(db: Kysely<DB>, id: string): Promise<ClearanceRow> {
  const [row] = await select(db, sql`c.id = ${id}`);
  if (!row) throw new DomainError('not_found', 'This clearance is not there.');
  return row;
}

export interface KindOfClearance {
  type: ClearanceTypeRow;
  standing: Standing;
  /** Whether the lack of it keeps this tutor from being matched. */
  required: boolean;
  /** The newest first. */
  papers: ClearanceRow[];
}

/** How a tutor stands with each kind that is asked for, and with what they have beside. @param today of the company */
export async function listTutorClearances(db: Kysely<DB>, tutorId: string, today: string): Promise<KindOfClearance[]> {
  const [types, papers, tutor] = await Promise.all([
    listClearanceTypes(db),
    select(db, sql`c.tutor_id = ${tutorId}`),
    db.selectFrom('tutor').select('teachesInPerson').where('id', '=', tutorId).executeTakeFirst(),
  ]);
  return types
    .map((type) => ({ type, papers: papers.filter((paper) => paper.typeId === type.id) }))
    .filter(({ type, papers: own }) => type.archivedAt === null || own.length > 0)
    .map(({ type, papers: own }) => ({
      type,
      papers: own,
      required: isRequired(type, tutor?.teachesInPerson ?? true),
      standing: standingOf(own, today, soonOf(type)),
    }));
}

export const isRequired = (type: Pick<ClearanceTypeRow, 'required' | 'archivedAt'>, inPerson: boolean): boolean =>
  type.archivedAt === null && (type.required === 'always' || (type.required === 'in_person' && inPerson));

/** It counts as running out from the first reminder on. */
export const soonOf = (type: Pick<ClearanceTypeRow, 'remindDays'>): number => Math.max(0, ...type.remindDays);

export interface TutorStanding {
  tutor: { id: string; name: string };
  type: { id: string; name: string };
  standing: Standing;
  required: boolean;
  /** Of the paper that counts, or that waits to be checked. */
  clearance: ClearanceRow | null;
}

/**
 * How those who teach, or are on their way in, stand with every kind: who is not there any more has nothing to renew.
 * Who lacks what nobody asks of them is left out.
 */
export async function listStandings(db: Kysely<DB>, today: string): Promise<TutorStanding[]> {
  const [types, tutors, papers] = await Promise.all([
    listClearanceTypes(db),
    db
      .selectFrom('tutor')
      .select(['id', 'teachesInPerson', sql<string>`concat_ws(' ', first_name, nullif(last_name, ''))`.as('name')])
      .where('archivedAt', 'is', null)
      .where('status', 'in', ['onboarding', 'active'])
      .orderBy(sql`last_name COLLATE "und-x-icu", first_name COLLATE "und-x-icu", id`)
      .execute(),
    select(db, sql`t.archived_at IS NULL AND t.status IN ('onboarding', 'active')`),
  ]);
  const byPair = Map.groupBy(papers, (paper) => `${paper.tutorId} ${paper.typeId}`);
  return tutors.flatMap(({ teachesInPerson, ...tutor }) =>
    types.flatMap((type): TutorStanding[] => {
      const own = byPair.get(`${tutor.id} ${type.id}`) ?? [];
      const required = isRequired(type, teachesInPerson);
      if (type.archivedAt || (own.length === 0 && !required)) return [];
      const standing = standingOf(own, today, soonOf(type));
      return [{ tutor, type: { id: type.id, name: type.name }, standing, required, clearance: shownOf(own, standing) }];
    }),
  );
}

/** Which paper stands for the standing. */
export function shownOf(papers: readonly ClearanceRow[], standing: Standing): ClearanceRow | null {
  if (standing === 'to_check' || standing === 'rejected') return papers.find((paper) => paper.status === standing) ?? null;
  if (standing === 'missing') return null;
  return currentOf(papers) ?? null;
}

/** For the office's day: papers to check, and tutors whose required ones are missing, ran out or soon will. */
export async function countClearances(db: Kysely<DB>, today: string): Promise<{ toCheck: number; lacking: number }> {
  const standings = await listStandings(db, today);
  return {
    toCheck: standings.filter((row) => row.standing === 'to_check').length,
    lacking: standings.filter((row) => row.required && ['missing', 'expired', 'expiring', 'rejected'].includes(row.standing))
      .length,
  };
}
