import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { actorOf } from '#app/auth/authorize.server.ts';
import { findUser } from '#app/auth/find-user.server.ts';
import { inTheSameTime } from '#app/auth/same-time.server.ts';
import type { Actor } from '#app/context.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { enquirySchema } from '#app/domain/public-forms/enquiry.schema.ts';
import { readAsked } from '#app/domain/public-forms/read-asked.server.ts';
import { sendEnquiry } from '#app/domain/public-forms/send-enquiry.server.ts';
import { answerKey } from '#app/domain/public-forms/take-answer.server.ts';
import { readRecord, typedValues } from '#app/ui/record-form.server.ts';
import { answerForm, limitMessage, machineMessage, refuseLarge, tokenOf } from './form-guard.server.ts';
import { readFormCustom } from './read-form-custom.server.ts';
import { countStudents, withoutStudent } from './student-rows.ts';

/** What a form may weigh: names, notes and custom fields of several students. */
const MOST_BYTES = 100_000;

/** Sending an enquiry; and adding or taking out a student, which works without a script. */
export async function actOnEnquiry(args: ActionFunctionArgs, base: string) {
  const { request, context } = args;
  refuseLarge(request, MOST_BYTES);
  const { db } = context;
  const form = await request.formData();
  const values = typedValues(form);
  const students = countStudents(form.keys());
  const { token, age } = tokenOf(context, 'enquiry', form);
  const kept = { errors: {}, values, token, students };
  const refuse = (status: number, over: { message?: string; errors?: Record<string, string> }) =>
    answerForm({ ...kept, ...over }, status);

  const [intent, which] = String(form.get('intent') ?? '').split(':');
  if (intent === 'add') return answerForm({ ...kept, students: students + 1 }, 200);
  if (intent === 'remove' && students > 1)
    return answerForm({ ...kept, values: withoutStudent(values, Number(which)), students: students - 1 }, 200);

  const { form: settings, asked, choices } = await readAsked(db, 'enquiry');
  if (!settings.enabled) return refuse(409, { message: 'This form is closed just now. Nothing was sent.' });
  const builtIn = new Map(asked.flatMap(({ field, custom, required }) => (custom ? [] : [[field, required]])));
  const shape = {
    asked: builtIn,
    subjectIds: choices.subjects.map(({ id }) => id),
    levelIds: choices.levels.map(({ id }) => id),
  };
  const read = readRecord(enquirySchema(shape), form, { lists: ['times', 'wishLanguages'], shape: withStudents });
  const custom = readFormCustom(asked, form, students);
  const errors = { ...(read.ok ? {} : read.answer.errors), ...custom.errors };
  if (!read.ok || Object.keys(errors).length > 0) return refuse(400, { errors });

  const message = machineMessage(form, age);
  if (message) return refuse(400, { message });
  const tooMany = await limitMessage(context, read.value.email);
  if (tooMany) return refuse(429, { message: tooMany });

  const user = await findUser(args);
  const own = user?.clientIds.length === 1 ? user.clientIds[0] : undefined;
  const actor: Actor = own ? actorOf(user, context) : { userId: null, kind: 'guest', requestId: context.requestId };
  const { timezone } = await getOrganisation(db);
  const enquiry = { ...read.value, zone: read.value.zone === timezone ? null : read.value.zone };
  const typed = [...form].filter(([name]) => !['token', 'intent', 'website', 'zone'].includes(name));
  try {
    // Whether the address is known here shows in the mails alone, not in how long this takes.
    await inTheSameTime(() =>
      sendEnquiry(db, context, actor, { key: answerKey(token, typed), enquiry, custom: custom.values, clientId: own }),
    );
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return refuse(statusOf(error), error.field ? { errors: { [error.field]: error.message } } : { message: error.message });
  }
  throw redirect(`${base}?sent`);
}

/** The rows of students as a list, those of a tampered form left out. */
function withStudents(input: Record<string, unknown>): Record<string, unknown> {
  const rows = input.students;
  if (typeof rows !== 'object' || rows === null) return { ...input, students: [] };
  const order = Object.keys(rows)
    .filter((key) => /^\d$/.test(key))
    .sort();
  return { ...input, students: order.map((key) => (rows as Record<string, unknown>)[key]) };
}
