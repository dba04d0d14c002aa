import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import type { CustomPatch } from '#app/domain/fields/custom-field.ts';
import { createRequest } from '#app/domain/requests/create-request.server.ts';
import type { RequestFor } from '#app/domain/requests/request.schema.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { Enquiry } from './enquiry.schema.ts';
import { idOfAnswer, takeAnswer } from './take-answer.server.ts';
import { tellOfEnquiry } from './tell-of-enquiry.server.ts';
import { readWeekParts } from './week-parts.ts';

/** Values of custom fields by their ids, checked already. */
type Custom = CustomPatch;

export interface SendEnquiry {
  /** See answerKey. */
  key: string;
  enquiry: Enquiry;
  custom: { client: Custom; request: Custom; students: Custom[] };
  /** Who sends it signed in: their own client record, to which it goes. */
  clientId?: string | undefined;
}

/**
 * Takes in what a family asks on the public form: a client (a prospect), each student, and a request for each, with a mail
 * to the family and one to the office. They are always new records, whoever has the same address: nobody has shown yet
 * that it is theirs. The office sees who shares it. A family that is signed in asks on its own record, for the children it
 * has by their names, or for new ones. The same answer sent twice makes them once.
 * @throws DomainError closed; as createRequest
 */
export async function sendEnquiry(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: SendEnquiry): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (!(await takeAnswer(trx, 'enquiry', input.key))) return;
    const made = await makeRequests(trx, ctx, actor, input);
    await tellOfEnquiry(trx, ctx, input.enquiry, { ...made, signedIn: input.clientId !== undefined });
  });
}

async function makeRequests(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: SendEnquiry) {
  const { key, enquiry, custom, clientId } = input;
  let made: { clientId: string; requestId: string } | undefined;
  for (const [index, { name, grade, subjectId, levelId }] of enquiry.students.entries()) {
    const student = {
      ...nameOf(name || enquiry.name),
      // An adult's own mails come once, as the client's.
      email: null,
      grade,
      timezone: enquiry.zone,
      notes: '',
      custom: custom.students[index] ?? {},
    };
    const payer = clientId ?? made?.clientId;
    const known = clientId ? await findChild(trx, clientId, student) : undefined;
    const whom: RequestFor = known
      ? { who: 'student', studentId: known }
      : payer === undefined
        ? { who: 'new', client: clientOf(enquiry, custom.client), student }
        : { who: 'new_student', clientId: payer, student };
    const request = await createRequest(trx, ctx, actor, {
      id: idOfAnswer(key, `request ${index}`),
      source: clientId ? 'family' : 'enquiry',
      for: whom,
      ...wantedOf(enquiry),
      subjectId,
      levelId,
      custom: custom.request,
      despiteDuplicates: true,
    });
    if (request.clientId === null) throw new Error('an enquiry made a request without a client');
    made ??= { clientId: request.clientId, requestId: request.id };
  }
  if (made === undefined) throw new Error('an enquiry is for nobody');
  return made;
}

/** A family's child by name; accents and case don't matter. */
async function findChild(trx: Transaction<DB>, clientId: string, name: { firstName: string; lastName: string }) {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM student WHERE client_id = ${clientId} AND archived_at IS NULL
      AND fold(first_name) = fold(${name.firstName}::text)
      AND (${name.lastName}::text = '' OR fold(last_name) = fold(${name.lastName}::text))
    ORDER BY created_at, id LIMIT 1`.execute(trx);
  return rows[0]?.id;
}

const clientOf = (enquiry: Enquiry, custom: Custom) => ({
  name: enquiry.name,
  email: enquiry.email,
  phone: enquiry.phone,
  address: enquiry.address,
  timezone: enquiry.zone,
  notes: '',
  custom,
});

function nameOf(name: string): { firstName: string; lastName: string } {
  const [firstName = name, ...rest] = name.split(' ');
  return { firstName, lastName: rest.join(' ') };
}

function wantedOf(enquiry: Enquiry) {
  const { mode, location, sessionMinutes, sessionsPerWeek, zone, startsOn, endsOn, wishGender, wishLanguages } = enquiry;
  return {
    mode,
    location,
    sessionMinutes,
    sessionsPerWeek,
    zone,
    startsOn,
    endsOn,
    wishGender,
    wishLanguages,
    urgency: enquiry.urgency ?? 'normal',
    times: readWeekParts(enquiry.times).map((part) => ({ ...part, wished: false })),
    wishes: enquiry.note,
    programId: null,
    placeId: null,
    wishTutorId: null,
    tags: [],
    assigneeId: null,
  };
}
