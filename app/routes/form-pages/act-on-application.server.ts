import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { countTry, networkOf, waitMessage } from '#app/auth/limits.server.ts';
import { inTheSameTime } from '#app/auth/same-time.server.ts';
import type { Actor } from '#app/context.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { checkFile } from '#app/domain/files/add-file.server.ts';
import { getPeopleRules } from '#app/domain/people/people-rules.server.ts';
import type { PeopleRules } from '#app/domain/people/people-rules.ts';
import { applicationSchema } from '#app/domain/public-forms/application.schema.ts';
import { readAsked } from '#app/domain/public-forms/read-asked.server.ts';
import { sendApplication } from '#app/domain/public-forms/send-application.server.ts';
import { answerKey } from '#app/domain/public-forms/take-answer.server.ts';
import { readRecord, typedValues } from '#app/ui/record-form.server.ts';
import { answerForm, limitMessage, machineMessage, refuseLarge, tokenOf } from './form-guard.server.ts';
import { readFormCustom } from './read-form-custom.server.ts';

/** All documents of one application, and the text beside them. */
const MOST_BYTES = 21_000_000;
export const MOST_DOCUMENTS = 5;

/** Sending an application, with documents. */
export async function actOnApplication({ request, context }: ActionFunctionArgs, base: string) {
  refuseLarge(request, MOST_BYTES);
  const { db } = context;
  // Files are read into memory: not without end from one address, whatever is in them.
  const wait = await countTry(db, [{ limit: 'formRead', of: networkOf(context.clientIp) }]);
  if (wait !== undefined) throw new Response(waitMessage(wait), { status: 429 });
  const form = await request.formData();
  const { token, age } = tokenOf(context, 'application', form);
  const kept = { errors: {}, values: typedValues(form), token, students: 0 };
  const refuse = (status: number, over: { message?: string; errors?: Record<string, string> }) =>
    answerForm({ ...kept, ...over }, status);

  const { form: settings, asked, choices } = await readAsked(db, 'application');
  if (!settings.enabled) return refuse(409, { message: 'This form is closed just now. Nothing was sent.' });
  const builtIn = new Map(asked.flatMap(({ field, custom, required }) => (custom ? [] : [[field, required]])));
  const schema = applicationSchema({ asked: builtIn, subjectIds: choices.subjects.map(({ id }) => id) });
  const read = readRecord(schema, form, { lists: ['languages', 'subjects', 'modes'] });
  const custom = readFormCustom(asked, form, 0);
  const sent = await readDocuments(form, builtIn.get('documents'), await getPeopleRules(db));
  const errors = { ...(read.ok ? {} : read.answer.errors), ...custom.errors, ...sent.errors };
  if (!read.ok || Object.keys(errors).length > 0) return refuse(400, { errors });

  const message = machineMessage(form, age);
  if (message) return refuse(400, { message });
  const tooMany = await limitMessage(context, read.value.email);
  if (tooMany) return refuse(429, { message: tooMany });

  const actor: Actor = { userId: null, kind: 'guest', requestId: context.requestId };
  const typed = [...form].filter(([name]) => !['token', 'website', 'zone'].includes(name));
  const input = {
    key: answerKey(token, typed),
    application: read.value,
    custom: custom.values.tutor,
    documents: sent.documents,
  };
  try {
    // Whether the address is known here shows in the mails alone, not in how long this takes.
    await inTheSameTime(() => sendApplication(db, context, actor, input));
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const field = error.field === 'file' ? 'documents' : error.field;
    return refuse(statusOf(error), field ? { errors: { [field]: error.message } } : { message: error.message });
  }
  throw redirect(`${base}?sent`);
}

/** The files that came along. A field without a file sends an empty one. */
async function readDocuments(form: FormData, required: boolean | undefined, rules: PeopleRules) {
  const files = required === undefined ? [] : form.getAll('documents').filter((one) => one instanceof File && one.size > 0);
  const refused = (message: string) => ({ documents: [], errors: { documents: message } });
  if (required && files.length === 0) return refused('Choose a document');
  if (files.length > MOST_DOCUMENTS) return refused(`Send ${MOST_DOCUMENTS} documents at most`);
  const documents: { name: string; content: Uint8Array }[] = [];
  for (const file of files as File[]) {
    const document = { name: file.name, content: new Uint8Array(await file.arrayBuffer()) };
    try {
      checkFile(rules, document);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      return refused(`${file.name.slice(0, 80)}: ${error.message}`);
    }
    documents.push(document);
  }
  return { documents, errors: {} as Record<string, string> };
}
