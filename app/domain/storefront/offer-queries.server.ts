import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { chooseRate, type Rate, rateAmount } from '#app/domain/billing/pricing.ts';
import { asRate, rateColumns } from '#app/domain/billing/session-facts.server.ts';
import { effectivePolicy, type Policy } from '#app/domain/organisation/policies.ts';
import { getOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import { fullName } from '#app/domain/people/names.ts';
import { readSchedulingRules, type SchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { guestBilling } from './quote-plan.server.ts';

type OfferContext = Pick<AppContext, 'clock' | 'plugins'>;

export interface OfferedTutor {
  id: string;
  name: string;
  /** The tutor's own words. */
  text: string;
  level: string;
  /** Net, of an hour's session, in minor units; null: on request. */
  perHour: bigint | null;
}

export interface OfferedSubject {
  id: string;
  name: string;
  tutors: OfferedTutor[];
}

export interface OfferedProgram {
  id: string;
  name: string;
  description: string;
  mode: 'online' | 'in_person';
  chargeBasis: 'per_student' | 'split';
  taxPercent: string;
  durations: number[];
  defaultDuration: number;
  policy: Policy;
  subjects: OfferedSubject[];
}

export interface Storefront {
  organisation: Organisation;
  rules: SchedulingRules;
  /** At once, unless guests can't pay for it as the company bills. */
  confirm: 'at_once' | 'approval';
  programs: OfferedProgram[];
}

/** Why something marked for the booking page isn't shown there. */
export interface OfferGap {
  what: 'no_programs' | 'no_tutors' | 'program_without_rate' | 'program_without_tutor' | 'tutor_without_subject';
  names: string[];
}

/** What the booking page offers now, or undefined where the company has none. */
export async function findStorefront(db: Kysely<DB>, ctx: OfferContext): Promise<Storefront | undefined> {
  const { scheduling } = (await db.selectFrom('organisation').select('scheduling').executeTakeFirst()) ?? {};
  if (scheduling === undefined || !readSchedulingRules(scheduling).storefront.enabled) return undefined;
  const { gaps: _, ...storefront } = await readOffer(db, ctx);
  return storefront;
}

/** The same for the office, whether it is open or not, with what keeps things from being shown. */
export async function readOffer(db: Kysely<DB>, ctx: OfferContext): Promise<Storefront & { gaps: OfferGap[] }> {
  const organisation = await getOrganisation(db);
  const { scheduling } = await db.selectFrom('organisation').select('scheduling').executeTakeFirstOrThrow();
  const rules = readSchedulingRules(scheduling);
  const billing = await guestBilling(db, ctx, organisation);
  const confirm = billing.refusal === undefined ? rules.storefront.confirm : 'approval';
  const today = localDateOf(ctx.clock(), organisation.timezone);
  const [programs, tutors, rates, places] = await Promise.all([
    listPrograms(db),
    listTutors(db),
    listCharges(db, today),
    inPersonInstalls(db),
  ]);
  const needsRate = billing.kind === 'money' && confirm === 'at_once';
  const gaps = new Map<OfferGap['what'], string[]>();
  const missing = (what: OfferGap['what'], name?: string) => {
    gaps.set(what, [...(gaps.get(what) ?? []), ...(name ? [name] : [])]);
  };
  if (programs.length === 0) missing('no_programs');
  if (tutors.length === 0) missing('no_tutors');
  for (const tutor of tutors) if (tutor.subjects.length === 0) missing('tutor_without_subject', fullName(tutor));

  const offered = programs.flatMap((program): OfferedProgram[] => {
    const subjects = subjectsOf(program.id, tutors, rates, today, needsRate);
    if (subjects.length === 0) {
      const anyTutor = tutors.some((tutor) => tutor.subjects.length > 0);
      if (tutors.length > 0) missing(anyTutor ? 'program_without_rate' : 'program_without_tutor', program.name);
      return [];
    }
    const durations = [...(program.durations ?? organisation.durations)].sort((a, b) => a - b);
    const wanted = program.defaultDuration ?? 60;
    return [
      {
        id: program.id,
        name: program.name,
        description: program.description,
        mode: places.has(program.meetingInstallId ?? organisation.meetingInstallId ?? '') ? 'in_person' : 'online',
        chargeBasis: program.chargeBasis === 'split' ? 'split' : 'per_student',
        taxPercent: program.taxPercent,
        durations,
        defaultDuration: durations.includes(wanted) ? wanted : (durations[0] ?? wanted),
        policy: effectivePolicy(organisation.policies, program.policyOverrides),
        subjects,
      },
    ];
  });
  return { organisation, rules, confirm, programs: offered, gaps: [...gaps].map(([what, names]) => ({ what, names })) };
}

function subjectsOf(
  programId: string,
  tutors: Awaited<ReturnType<typeof listTutors>>,
  rates: readonly Rate[],
  date: string,
  needsRate: boolean,
): OfferedSubject[] {
  const found = new Map<string, OfferedSubject>();
  for (const tutor of tutors) {
    for (const { id, name, level } of tutor.subjects) {
      const rate = chooseRate(rates, { side: 'charge', programId, subjectId: id, tutorId: tutor.id, date });
      if (!rate && needsRate) continue;
      const subject = found.get(id) ?? { id, name, tutors: [] };
      found.set(id, subject);
      subject.tutors.push({
        id: tutor.id,
        name: fullName(tutor),
        text: tutor.storefrontText,
        level,
        perHour: rate ? rateAmount(rate, 60) : null,
      });
    }
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** A course is booked as a whole, not lesson by lesson. */
const listPrograms = (db: Kysely<DB>) =>
  db
    .selectFrom('program')
    .select(['id', 'name', 'description', 'chargeBasis', 'taxPercent', 'durations', 'defaultDuration'])
    .select(['policyOverrides', 'meetingInstallId'])
    .where('inStorefront', '=', true)
    .where('archivedAt', 'is', null)
    .where('kind', '<>', 'course')
    .orderBy('name')
    .execute();

const listTutors = (db: Kysely<DB>) =>
  db
    .selectFrom('tutor')
    .select(['id', 'firstName', 'lastName', 'storefrontText'])
    .select(
      sql<{ id: string; name: string; level: string }[]>`coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'level', (
          SELECT coalesce(string_agg(l.name, ', ' ORDER BY l.position, l.id), '') FROM tutor_subject_level tl JOIN level l ON l.id = tl.level_id
          WHERE tl.tutor_id = ts.tutor_id AND tl.subject_id = ts.subject_id)))
        FROM tutor_subject ts JOIN subject s ON s.id = ts.subject_id
        WHERE ts.tutor_id = tutor.id AND s.archived_at IS NULL), '[]')`.as('subjects'),
    )
    .where('inStorefront', '=', true)
    .where('status', '=', 'active')
    .where('archivedAt', 'is', null)
    .orderBy('firstName')
    .orderBy('lastName')
    .execute();

/** What guests are charged: the rows that are no single student's. */
async function listCharges(db: Kysely<DB>, date: string): Promise<Rate[]> {
  const rows = await db
    .selectFrom('rate')
    .select(rateColumns)
    .where('side', '=', 'charge')
    .where('studentId', 'is', null)
    .where('validFrom', '<=', date)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', date)]))
    .execute();
  return rows.map(asRate);
}

async function inPersonInstalls(db: Kysely<DB>): Promise<Set<string>> {
  const rows = await db.selectFrom('pluginInstall').select('id').where('pluginId', '=', 'meeting-in-person').execute();
  return new Set(rows.map((row) => row.id));
}

/** Everything that could be shown, with whether it is. For the office. */
export async function listShowable(db: Kysely<DB>) {
  const [programs, tutors] = await Promise.all([
    db
      .selectFrom('program')
      .select(['id', 'name', 'inStorefront as shown'])
      .where('archivedAt', 'is', null)
      .where('kind', '<>', 'course')
      .orderBy('name')
      .execute(),
    db
      .selectFrom('tutor')
      .select(['id', 'firstName', 'lastName', 'inStorefront as shown', 'storefrontText as text'])
      .where('status', '=', 'active')
      .where('archivedAt', 'is', null)
      .orderBy('firstName')
      .orderBy('lastName')
      .execute(),
  ]);
  return {
    programs,
    tutors: tutors.map(({ firstName, lastName, ...tutor }) => ({ ...tutor, name: fullName({ firstName, lastName }) })),
  };
}
