import { z } from 'zod';
import { type ApiCaller, keyMay } from '#app/auth/api-scopes.ts';
import {
  listProgramReads,
  listStudentReads,
  listTutorReads,
  type Part,
  type StudentRead,
  type TutorRead,
} from '#app/domain/api/people-reads.server.ts';
import { cursorOf, isId, pageOf, readCursor } from './cursor.ts';
import { archived, paging } from './inputs.ts';
import { refuseMissing } from './missing.ts';
import { type Call, operation } from './operation.ts';
import { program, programs, student, students, tutor, tutors } from './schemas.ts';

const listQuery = z.strictObject({ archived, ...paging });
const noQuery = z.strictObject({});

function viewTutor({ email, phone, notes, custom, ...read }: TutorRead, caller: ApiCaller) {
  return {
    ...read,
    ...(keyMay(caller, 'contacts:read') ? { email, phone } : {}),
    ...(keyMay(caller, 'notes:read') ? { notes, custom } : {}),
  };
}

function viewStudent({ email, notes, custom, client, ...read }: StudentRead, caller: ApiCaller) {
  const contacts = keyMay(caller, 'contacts:read');
  return {
    ...read,
    client: contacts ? client : { id: client.id, name: client.name },
    ...(contacts ? { email } : {}),
    ...(keyMay(caller, 'notes:read') ? { notes, custom } : {}),
  };
}

type Reads<Row> = (db: Call<unknown, unknown>['db'], part: Part) => Promise<Row[]>;

/** A page of a list that is ordered by id. */
async function page<Row extends { id: string }>(
  name: string,
  { db, query }: Call<z.output<typeof listQuery>, unknown>,
  list: Reads<Row>,
  show: (row: Row) => unknown,
) {
  const [after] =
    query.cursor === undefined ? [] : readCursor(name, query.cursor, ([id, ...rest]) => isId(id) && rest.length === 0);
  const rows = await list(db, {
    after,
    limit: query.limit + 1,
    archived: query.archived === undefined ? undefined : query.archived === 'true',
  });
  return pageOf(rows, query.limit, show, (last) => cursorOf(name, [last.id]));
}

async function one<Row>({ db, id }: Call<unknown, unknown>, list: Reads<Row>): Promise<Row> {
  const [row] = await list(db, { ids: [id], limit: 1 });
  return row ?? refuseMissing();
}

export const people = [
  operation({
    id: 'listTutors',
    method: 'GET',
    path: '/tutors',
    tag: 'Tutors',
    summary: 'List tutors',
    scope: 'people:read',
    query: listQuery,
    answer: tutors,
    status: 200,
    run: (call) => page('tutors', call, listTutorReads, (row) => viewTutor(row, call.caller)),
  }),
  operation({
    id: 'getTutor',
    method: 'GET',
    path: '/tutors/{id}',
    tag: 'Tutors',
    summary: 'Get a tutor',
    scope: 'people:read',
    query: noQuery,
    answer: tutor,
    status: 200,
    run: async (call) => viewTutor(await one(call, listTutorReads), call.caller),
  }),
  operation({
    id: 'listStudents',
    method: 'GET',
    path: '/students',
    tag: 'Students',
    summary: 'List students',
    scope: 'people:read',
    query: listQuery,
    answer: students,
    status: 200,
    run: (call) => page('students', call, listStudentReads, (row) => viewStudent(row, call.caller)),
  }),
  operation({
    id: 'getStudent',
    method: 'GET',
    path: '/students/{id}',
    tag: 'Students',
    summary: 'Get a student',
    scope: 'people:read',
    query: noQuery,
    answer: student,
    status: 200,
    run: async (call) => viewStudent(await one(call, listStudentReads), call.caller),
  }),
  operation({
    id: 'listPrograms',
    method: 'GET',
    path: '/programs',
    tag: 'Programs',
    summary: 'List programs',
    scope: 'programs:read',
    query: listQuery,
    answer: programs,
    status: 200,
    run: (call) => page('programs', call, listProgramReads, (row) => row),
  }),
  operation({
    id: 'getProgram',
    method: 'GET',
    path: '/programs/{id}',
    tag: 'Programs',
    summary: 'Get a program',
    scope: 'programs:read',
    query: noQuery,
    answer: program,
    status: 200,
    run: (call) => one(call, listProgramReads),
  }),
];
