import type { ActionFunctionArgs } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { createRate } from '#app/domain/billing/create-rate.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { rateSchema } from '#app/domain/billing/rate.schema.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { refusal, textOf } from '../money-pages/refusal.server.ts';

/** A pay rate for a tutor, whatever the subject, from a day on; undefined when it is there. */
export async function addMissingRate({ context }: ActionFunctionArgs, actor: Actor, form: FormData) {
  const { currency } = await getOrganisation(context.db);
  const tutorId = textOf(form, 'tutorId');
  const read = rateSchema(currencyDigits(currency)).safeParse({
    side: 'pay',
    tutorId,
    programId: '',
    subjectId: '',
    studentId: '',
    amountPerHour: textOf(form, 'amountPerHour'),
    validFrom: textOf(form, 'validFrom'),
    validTo: '',
  });
  if (!read.success) {
    const errors: Record<string, string> = {};
    for (const { path, message } of read.error.issues) errors[`${String(path[0])}.${tutorId}`] ??= message;
    return refusal(errors, form, 'rate');
  }
  await createRate(context.db, context, actor, read.data);
  return undefined;
}
