import type { Transaction } from 'kysely';
import { DEMO_ACCOUNTS } from '#app/auth/demo-accounts.ts';
import type { Role } from '#app/auth/roles.ts';
import type { DomainContext } from '#app/context.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { company, type DemoMode, families, programs, students, subjects, tutors } from './company.ts';
import { idOf } from './random.ts';
import { weeklyPlan } from './weekly-plan.ts';

export const programIdOf = (key: string) => idOf('program', key);
export const subjectIdOf = (key: string) => idOf('subject', key);
export const userIdOf = (key: string) => idOf('user', key);

const accountNames: Record<string, string> = {
  owner: 'Grace Odell',
  admin: 'Robert Achterberg',
  scheduler: 'Nadia Rahman',
  tutor: 'Maya Fernandez',
  family: 'Hannah Whitfield',
  student: 'Oliver Whitfield',
};

/** Who signs in to look around. */
const accounts = DEMO_ACCOUNTS.map(({ email, role }) => {
  const key = email.split('@', 1)[0] ?? email;
  return { key, email, name: accountNames[key] ?? key, roles: [role] };
});

/** The company, its people, what is taught and what it costs: everything before the first session. */
export async function seedPeople(
  trx: Transaction<DB>,
  ctx: DomainContext,
  facts: { passwordHash: string; firstDay: string; raiseDay: string },
): Promise<void> {
  const billing: Record<DemoMode, string> = {
    credits: await ctx.plugins.billingInstallPaying(trx, 'credits'),
    invoice: await ctx.plugins.billingInstallPaying(trx, 'invoice'),
    elsewhere: await ctx.plugins.billingInstallPaying(trx, 'elsewhere'),
  };
  // A family that runs out keeps its place, and the office sees it.
  await trx
    .updateTable('pluginInstall')
    .set({ settings: JSON.stringify({ unit: 'session', overdraft: 'allow' }) })
    .where('id', '=', billing.credits)
    .execute();
  const { studyRoom: _, policies, ...columns } = company;
  await trx
    .insertInto('organisation')
    .values({
      ...columns,
      policies: JSON.stringify(policies),
      billingInstallId: billing.invoice,
      meetingInstallId: (await ctx.plugins.defaultInstall(trx, 'meeting'))?.id ?? null,
    })
    .execute();
  await seedUsers(trx, ctx, facts.passwordHash);
  await seedTeaching(trx, ctx);
  await seedTutors(trx);
  await trx
    .insertInto('client')
    .values(
      families.map((family, i) => ({
        id: family.id,
        ref: family.key,
        userId: i === 0 ? userIdOf('family') : null,
        name: family.name,
        email: i === 0 ? 'family@demo.test' : `${ascii(family.name)}@family.test`,
        phone: `+1 914 555 0${String(160 + i).padStart(3, '0')}`,
        address: family.address,
        billingInstallId: family.mode === 'invoice' ? null : billing[family.mode],
        notes: i % 11 === 3 ? 'Prefers to be called, not written to.' : '',
      })),
    )
    .execute();
  await trx
    .insertInto('student')
    .values(
      students.map((student, i) => ({
        id: student.id,
        ref: student.key,
        clientId: student.clientId,
        userId: i === 0 ? userIdOf('student') : null,
        firstName: student.firstName,
        lastName: student.lastName,
        email: i === 0 ? 'student@demo.test' : null,
        grade: student.grade,
        notes: i % 17 === 5 ? 'Works best with a short break in the middle.' : '',
      })),
    )
    .execute();
  await seedRates(trx, facts);
  await seedEngagements(trx, facts.firstDay);
}

async function seedUsers(trx: Transaction<DB>, ctx: DomainContext, hash: string): Promise<void> {
  const others = tutors.slice(1).map((tutor) => ({
    key: tutor.key,
    email: tutorEmail(tutor),
    name: `${tutor.firstName} ${tutor.lastName}`,
    roles: ['tutor' as Role],
  }));
  const everyone = [...accounts, ...others];
  await trx
    .insertInto('users')
    .values(everyone.map(({ key, email, name }) => ({ id: userIdOf(key), email, name })))
    .execute();
  await trx
    .insertInto('userRole')
    .values(everyone.flatMap(({ key, roles }) => roles.map((role) => ({ userId: userIdOf(key), role }))))
    .execute();
  await trx
    .insertInto('userPassword')
    .values(accounts.map(({ key }) => ({ userId: userIdOf(key), hash, updatedAt: ctx.clock() })))
    .execute();
}

async function seedTeaching(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const providers = await ctx.plugins.listInstalls(trx, 'meeting');
  // The company's room is for two; groups meet where many can.
  const forGroups = providers.find(
    ({ usable, capabilities }) =>
      usable && capabilities?.auth === 'none' && capabilities.links === 'shared' && capabilities.maxParticipants === null,
  );
  await trx
    .insertInto('subject')
    .values(subjects.map(([key, name]) => ({ id: subjectIdOf(key), ref: key, name })))
    .execute();
  await trx
    .insertInto('program')
    .values(
      programs.map(({ key, name, kind, capacity, chargeBasis, description }) => ({
        id: programIdOf(key),
        ref: key,
        name,
        kind,
        capacity,
        chargeBasis,
        description,
        defaultDuration: key === 'course' ? 90 : 60,
        meetingInstallId: capacity > 1 ? (forGroups?.id ?? null) : null,
      })),
    )
    .execute();
}

async function seedTutors(trx: Transaction<DB>): Promise<void> {
  await trx
    .insertInto('tutor')
    .values(
      tutors.map((tutor, i) => ({
        id: tutor.id,
        ref: tutor.key,
        userId: userIdOf(i === 0 ? 'tutor' : tutor.key),
        firstName: tutor.firstName,
        lastName: tutor.lastName,
        email: i === 0 ? 'tutor@demo.test' : tutorEmail(tutor),
        phone: `+1 914 555 0${String(120 + i).padStart(3, '0')}`,
        timezone: tutor.timezone ?? company.timezone,
        maxHoursPerWeek: tutor.hours,
        bufferMinutes: tutor.buffer,
        personalRoomUrl: i % 4 === 1 ? `https://meet.example.com/meadowbrook-${tutor.key.toLowerCase()}` : null,
        notes: i === 2 ? 'Also speaks Japanese with families who prefer it.' : '',
      })),
    )
    .execute();
  await trx
    .insertInto('tutorSubject')
    .values(tutors.flatMap((tutor) => tutor.subjects.map((subject) => ({ tutorId: tutor.id, subjectId: subjectIdOf(subject) }))))
    .execute();
}

async function seedRates(trx: Transaction<DB>, { firstDay, raiseDay }: { firstDay: string; raiseDay: string }): Promise<void> {
  const since = addDays(firstDay, -365);
  const rate = (
    side: 'charge' | 'pay',
    amountPerHour: number,
    scope: { programId?: string; tutorId?: string; studentId?: string; subjectId?: string },
    validFrom = since,
    validTo: string | null = null,
  ) => ({
    side,
    amountPerHour: BigInt(amountPerHour),
    validFrom,
    validTo,
    programId: null,
    tutorId: null,
    studentId: null,
    subjectId: null,
    ...scope,
  });
  const senior = tutors[0];
  const physicist = tutors[1];
  const friend = students[30];
  if (!senior || !physicist || !friend) throw new Error('the demo company lacks people');
  await trx
    .insertInto('rate')
    .values([
      ...programs.flatMap(({ key, charge }) => {
        if (charge === null) return [];
        const programId = programIdOf(key);
        // One-to-one became dearer in the middle of the demo: each session keeps the rate of its day.
        if (key === 'one')
          return [rate('charge', charge - 400, { programId }, since, raiseDay), rate('charge', charge, { programId }, raiseDay)];
        return [rate('charge', charge, { programId })];
      }),
      ...programs.map(({ key, pay }) => rate('pay', pay, { programId: programIdOf(key) })),
      rate('pay', 4500, { tutorId: senior.id }),
      rate('pay', 4200, { tutorId: physicist.id }, since, raiseDay),
      rate('pay', 4300, { tutorId: physicist.id }, raiseDay),
      rate('charge', 8800, { programId: programIdOf('one'), subjectId: subjectIdOf('calculus') }),
      rate('charge', 7000, { studentId: friend.id }),
    ])
    .execute();
}

async function seedEngagements(trx: Transaction<DB>, startsOn: string): Promise<void> {
  await trx
    .insertInto('engagement')
    .values(
      weeklyPlan().flatMap((lesson) =>
        lesson.students.map((student) => ({
          id: idOf('engagement', lesson.key, student.key),
          tutorId: tutors[lesson.tutor]?.id ?? '',
          studentId: student.id,
          programId: programIdOf(lesson.program),
          subjectId: subjectIdOf(lesson.subject),
          hoursPerWeek: (lesson.minutes / 60).toFixed(2),
          startsOn,
        })),
      ),
    )
    .execute();
}

function tutorEmail(tutor: { firstName: string; lastName: string; key: string }): string {
  const name = ascii(`${tutor.firstName} ${tutor.lastName}`);
  return `${name || tutor.key.toLowerCase()}@meadowbrook.test`;
}

function ascii(name: string): string {
  return name
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .normalize('NFD')
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, '.');
}
