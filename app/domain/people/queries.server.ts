import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { tagsOf } from '#app/domain/tags/queries.server.ts';
import type { DB } from '#db/types.ts';
import { type ListPage, PAGE_SIZE } from './list-filter.ts';
import { byName, matches, pageOf } from './list-page.server.ts';
import { fullName } from './names.ts';
import type { ClientFilter, ClientStatus, StudentFilter } from './people-filter.ts';
import { clientsNarrowed, studentsNarrowed } from './people-narrowing.server.ts';
import { subjectsOf } from './set-subjects.server.ts';
import { acceptedOf, type SignsIn, signsInOf, whoAccepted } from './signs-in.server.ts';
import type { TutorStatus } from './tutor-status.ts';

const clientText = sql<string>`concat_ws(' ', client.name, client.email::text, client.ref)`;
const studentText = sql<string>`concat_ws(' ', student.first_name, student.last_name, student.email::text, student.ref)`;

/** A tutor's facts with what they teach, their tags, and who signs in as them. */
export async function getTutor(db: Kysely<DB>, id: string) {
  const tutor = await db
    .selectFrom('tutor')
    .leftJoin('users', 'users.id', 'tutor.userId')
    .leftJoin('payGroup', 'payGroup.id', 'tutor.payGroupId')
    .selectAll('tutor')
    .select(['users.email as userEmail', 'payGroup.name as payGroupName', sql<TutorStatus>`tutor.status`.as('status')])
    .select((eb) => acceptedOf(eb.ref('users.id')).as('userAccepted'))
    .where('tutor.id', '=', id)
    .executeTakeFirst();
  if (!tutor) throw new DomainError('not_found', 'This tutor is not there.');
  const [subjects, tags] = await Promise.all([subjectsOf(db, [id]), tagsOf(db, 'tutorId', [id])]);
  return { ...withoutCustom(tutor), name: fullName(tutor), subjects, tags: tags.get(id) ?? [] };
}
export type TutorDetail = Awaited<ReturnType<typeof getTutor>>;

export interface ClientRow {
  id: string;
  ref: string;
  name: string;
  email: string | null;
  phone: string | null;
  students: { id: string; name: string }[];
  status: ClientStatus;
  tags: { id: string; name: string }[];
  /** Null: the organisation's default. */
  billing: string | null;
  signsIn: SignsIn;
  archivedAt: Date | null;
}

/** Found by the client's own name and by those of the children. */
export async function listClients(db: Kysely<DB>, filter: ClientFilter): Promise<ListPage<ClientRow>> {
  const children = sql<string>`(select string_agg(concat_ws(' ', s.first_name, s.last_name, s.ref), ' ') from student s where s.client_id = client.id)`;
  const found = matches(sql<string>`concat_ws(' ', ${clientText}, ${children})`, filter.q);
  const where = () => sql<boolean>`(${found} AND ${clientsNarrowed(filter)})`;
  const { offset, ...page } = await pageOf(db, 'client', filter, where);
  const clients = await db
    .selectFrom('client')
    .leftJoin('pluginInstall', 'pluginInstall.id', 'client.billingInstallId')
    .select([
      'client.id',
      'client.ref',
      'client.name',
      'client.email',
      'client.phone',
      'client.userId',
      'client.archivedAt',
      'pluginInstall.name as billing',
      sql<ClientStatus>`client.status`.as('status'),
    ])
    .where('client.archivedAt', filter.archived ? 'is not' : 'is', null)
    .where(where)
    .orderBy(byName('client.name'))
    .orderBy('client.id')
    .limit(PAGE_SIZE)
    .offset(offset)
    .execute();
  const ids = clients.map((client) => client.id);
  const userIds = clients.map((client) => client.userId);
  const [students, accepted, tags] = await Promise.all([
    studentsOf(db, ids),
    whoAccepted(db, userIds),
    tagsOf(db, 'clientId', ids),
  ]);
  return {
    ...page,
    rows: clients.map(({ userId, ...client }) => ({
      ...client,
      signsIn: signsInOf(userId, accepted),
      tags: tags.get(client.id) ?? [],
      students: students
        .filter((student) => student.clientId === client.id && !student.archivedAt)
        .map(({ id, name }) => ({ id, name })),
    })),
  };
}

async function studentsOf(db: Kysely<DB>, clientIds: string[]) {
  if (clientIds.length === 0) return [];
  const students = await db
    .selectFrom('student')
    .select(['id', 'ref', 'clientId', 'firstName', 'lastName', 'grade', 'archivedAt'])
    .where('clientId', 'in', clientIds)
    .orderBy(byName('firstName'))
    .orderBy('id')
    .execute();
  return students.map((student) => ({ ...student, name: fullName(student) }));
}

/** A client's facts with their students, archived ones too, and the billing mode that holds for them. */
export async function getClient(db: Kysely<DB>, id: string) {
  const client = await db
    .selectFrom('client')
    .leftJoin('users', 'users.id', 'client.userId')
    .leftJoin('pluginInstall', (join) =>
      join.on((eb) =>
        eb(
          'pluginInstall.id',
          '=',
          eb.fn.coalesce('client.billingInstallId', eb.selectFrom('organisation').select('organisation.billingInstallId')),
        ),
      ),
    )
    .selectAll('client')
    .select(sql<ClientStatus>`client.status`.as('status'))
    .select(['users.email as userEmail', 'pluginInstall.name as billingName', 'pluginInstall.pluginId as billingPluginId'])
    .select((eb) => acceptedOf(eb.ref('users.id')).as('userAccepted'))
    .where('client.id', '=', id)
    .executeTakeFirst();
  if (!client) throw new DomainError('not_found', 'This client is not there.');
  const [students, tags] = await Promise.all([studentsOf(db, [id]), tagsOf(db, 'clientId', [id])]);
  return { ...withoutCustom(client), students, tags: tags.get(id) ?? [] };
}
export type ClientDetail = Awaited<ReturnType<typeof getClient>>;

export interface StudentRow {
  id: string;
  ref: string;
  name: string;
  email: string | null;
  grade: string;
  clientId: string;
  clientName: string;
  tags: { id: string; name: string }[];
  signsIn: SignsIn;
  archivedAt: Date | null;
}

export async function listStudents(db: Kysely<DB>, filter: StudentFilter): Promise<ListPage<StudentRow>> {
  const payer = sql<string>`(select c.name from client c where c.id = student.client_id)`;
  const found = matches(sql<string>`concat_ws(' ', ${studentText}, ${payer})`, filter.q);
  const where = () => sql<boolean>`(${found} AND ${studentsNarrowed(filter)})`;
  const { offset, ...page } = await pageOf(db, 'student', filter, where);
  const students = await db
    .selectFrom('student')
    .innerJoin('client', 'client.id', 'student.clientId')
    .select([
      'student.id',
      'student.ref',
      'student.firstName',
      'student.lastName',
      'student.email',
      'student.grade',
      'student.clientId',
      'student.userId',
      'student.archivedAt',
      'client.name as clientName',
    ])
    .where('student.archivedAt', filter.archived ? 'is not' : 'is', null)
    .where(where)
    .orderBy(byName('student.lastName'))
    .orderBy(byName('student.firstName'))
    .orderBy('student.id')
    .limit(PAGE_SIZE)
    .offset(offset)
    .execute();
  const ids = students.map((student) => student.id);
  const userIds = students.map((student) => student.userId);
  const [accepted, tags] = await Promise.all([whoAccepted(db, userIds), tagsOf(db, 'studentId', ids)]);
  return {
    ...page,
    rows: students.map(({ firstName, lastName, userId, ...student }) => ({
      ...student,
      name: fullName({ firstName, lastName }),
      tags: tags.get(student.id) ?? [],
      signsIn: signsInOf(userId, accepted),
    })),
  };
}

export async function getStudent(db: Kysely<DB>, id: string) {
  const student = await db
    .selectFrom('student')
    .innerJoin('client', 'client.id', 'student.clientId')
    .leftJoin('users', 'users.id', 'student.userId')
    .selectAll('student')
    .select(['client.name as clientName', 'client.archivedAt as clientArchivedAt', 'users.email as userEmail'])
    .select((eb) => acceptedOf(eb.ref('users.id')).as('userAccepted'))
    .where('student.id', '=', id)
    .executeTakeFirst();
  if (!student) throw new DomainError('not_found', 'This student is not there.');
  const tags = await tagsOf(db, 'studentId', [id]);
  return { ...withoutCustom(student), name: fullName(student), tags: tags.get(id) ?? [] };
}
export type StudentDetail = Awaited<ReturnType<typeof getStudent>>;

/** Additional fields are read for an audience (fields/queries.server.ts), never with the rest. */
const withoutCustom = <T extends { custom: unknown }>({ custom: _, ...facts }: T) => facts;
