import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { hashPassword } from '#app/auth/password.server.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import type { Job, JobName } from '#app/jobs/job-types.ts';
import { openQueue } from '#app/jobs/queue.ts';
import { type Database, openDatabase } from '#db/client.ts';
import { startEmbedded } from '#db/embedded.ts';
import { aClient, aStudent, aTutor, aUser } from '#tests/factories/index.ts';

/** What `serve.ts` started: the same database, beside the running application. */
export const dataDir = fileURLToPath(new URL('../../.cache/e2e', import.meta.url));

export const PASSWORD = 'three quiet fields';

export interface Company extends Database {
  /** The grid's latest start that has passed, as the office's clock shows it: a session from then on is under way. */
  startedJustNow(): { date: string; time: string };
  /** So long ago on the grid, as the office's clock shows it: an hour from then on is over. */
  hoursAgo(hours: number): { date: string; time: string };
  /** Has a scheduled job done now, not at its next minute. */
  runJob(name: JobName): Promise<void>;
}

export async function openCompany(): Promise<Company> {
  const server = await startEmbedded({ dataDir, database: 'lectern_e2e', unsafeFast: true });
  const database = openDatabase({ url: server.url, max: 2, onError: () => {} });
  const { timezone, gridMinutes } = await database.db
    .selectFrom('organisation')
    .select(['timezone', 'gridMinutes'])
    .executeTakeFirstOrThrow();
  const onGrid = (at: number) => {
    const grid = gridMinutes * 60_000;
    const [date = '', time = ''] = instantToWall(new Date(Math.floor(at / grid) * grid), timezone).split('T');
    return { date, time };
  };
  return {
    ...database,
    startedJustNow: () => onGrid(Date.now()),
    hoursAgo: (hours) => onGrid(Date.now() - hours * 3_600_000),
    async runJob(name) {
      const queue = await openQueue({ url: server.url, log: pino({ level: 'silent' }), works: false });
      await queue.enqueue(database.db, { name, data: {} } as Job);
      await queue.stop();
    },
  };
}

/** A tutor and a family who sign in, with nothing planned: the demo's own tutor is busy all day. */
export async function aTutorAndAFamily({ db }: Company, name: string) {
  const subject = await db.selectFrom('subject').select(['id', 'name']).where('name', '=', 'Algebra').executeTakeFirstOrThrow();
  const invoicing = await db
    .selectFrom('pluginInstall')
    .select('id')
    .where('pluginId', '=', 'billing-invoicing')
    .executeTakeFirstOrThrow();
  const hash = await hashPassword(PASSWORD);
  const signsIn = async (email: string, fullName: string, role: 'tutor' | 'client') => {
    const user = await aUser(db, { email, name: fullName, roles: [role] });
    await db.insertInto('userPassword').values({ userId: user.id, hash }).execute();
    return user;
  };
  const slug = name.toLowerCase();
  const tutorUser = await signsIn(`tutor.${slug}@example.test`, `Iris ${name}`, 'tutor');
  const clientUser = await signsIn(`family.${slug}@example.test`, `Paul ${name}`, 'client');
  await aTutor(db, {
    userId: tutorUser.id,
    firstName: 'Iris',
    lastName: name,
    email: tutorUser.email,
    timezone: 'America/New_York',
    subjectIds: [subject.id],
  });
  const client = await aClient(db, {
    userId: clientUser.id,
    name: `Paul ${name}`,
    email: clientUser.email,
    billingInstallId: invoicing.id,
  });
  await aStudent(db, { clientId: client.id, firstName: 'Mia', lastName: name });
  return {
    subject: subject.name,
    tutor: { name: `Iris ${name}`, email: tutorUser.email },
    client: { name: `Paul ${name}`, email: clientUser.email },
    student: `Mia ${name}`,
  };
}
