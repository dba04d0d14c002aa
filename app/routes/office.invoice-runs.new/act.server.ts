import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import type { z } from 'zod';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import type { Actor } from '#app/context.ts';
import { addExtraLine } from '#app/domain/billing/add-extra-line.server.ts';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { createRate } from '#app/domain/billing/create-rate.server.ts';
import { giveDiscount } from '#app/domain/billing/give-discount.server.ts';
import { holdClient } from '#app/domain/billing/hold-client.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { proposeInvoiceRun } from '#app/domain/billing/propose-invoice-run.server.ts';
import { rateSchema } from '#app/domain/billing/rate.schema.ts';
import { releaseClient } from '#app/domain/billing/release-client.server.ts';
import { removeRunLine } from '#app/domain/billing/remove-run-line.server.ts';
import { discountSchema, extraLineSchema, holdSchema, writeOffSchema } from '#app/domain/billing/run-adjustment.schema.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { writeOffLine } from '#app/domain/billing/write-off-line.server.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import { closeOutAsPlanned } from '#app/domain/closeout/close-out-as-planned.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { completeClient, completeClientSchema } from '#app/domain/people/complete-client.server.ts';
import { readPeriod } from '../money-pages/period.ts';
import { refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { readScope } from './wizard-address.ts';

/** What the steps of the wizard do; each form says its intent, and the confirmation is the one that says none. */
export async function actOnWizard(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const actor = actorOf(user, context);
  const form = await request.formData();
  const intent = textOf(form, 'intent');
  const here = new URL(request.url);
  try {
    if (intent === '' || intent === 'propose') return await confirm(args, actor, form, here.searchParams);
    const refused = await mend(args, actor, form, intent);
    if (refused) return refused;
  } catch (error) {
    return refusalOf(error, form, intent);
  }
  throw redirect(`${here.pathname}${here.search}`);
}

async function confirm({ context }: ActionFunctionArgs, actor: Actor, form: FormData, params: URLSearchParams) {
  const input = {
    from: textOf(form, 'from'),
    to: textOf(form, 'to'),
    hash: textOf(form, 'hash'),
    seen: textOf(form, 'seen'),
    scope: readScope(params),
    sendMails: textOf(form, 'send') !== 'later',
  };
  if ((await getMoneySettings(context.db)).second_person) {
    const { proposalId } = await proposeInvoiceRun(context.db, context, actor, input);
    throw redirect(`/office/invoice-runs/proposals/${proposalId}`);
  }
  const { runId } = await confirmInvoiceRun(context.db, context, actor, { ...input, inBackground: true });
  throw redirect(`/office/invoice-runs/${runId}`);
}

/** Everything before the confirmation; a refusal at its field, or undefined when it is done. */
async function mend(args: ActionFunctionArgs, actor: Actor, form: FormData, intent: string) {
  const { request, context } = args;
  const { db } = context;
  const params = new URL(request.url).searchParams;
  const { currency } = await getOrganisation(db);
  const digits = currencyDigits(currency);
  const sessionIds = form.getAll('session').filter(isId).slice(0, 500);
  const values = Object.fromEntries(form);
  if (intent === 'close-out') {
    await authorize(args, 'closeout.approve');
    const { refused } = await closeOutAsPlanned(db, context, actor, { sessionIds });
    return refused[0] ? refusal({ [`session.${refused[0].sessionId}`]: refused[0].error.message }, form, intent) : undefined;
  }
  if (intent === 'approve-close-outs') {
    await authorize(args, 'closeout.approve');
    const { refused } = await approveCloseOuts(db, context, actor, { sessionIds });
    return refused[0] ? refusal({ [`session.${refused[0].sessionId}`]: refused[0].error.message }, form, intent) : undefined;
  }
  if (intent === 'rate') {
    await authorize(args, 'rates.manage');
    const key = textOf(form, 'key');
    const rate = { side: 'charge', tutorId: '', studentId: '', validTo: '', ...values };
    const read = rateSchema(digits).safeParse({ ...rate, subjectId: textOf(form, 'of') === 'subject' ? values.subjectId : '' });
    if (!read.success) return refusal(suffixed(read.error, key), form, intent);
    await createRate(db, context, actor, read.data);
    return undefined;
  }
  const clientId = textOf(form, 'clientId');
  const parsed = <T>(schema: z.ZodType<T>) => {
    const read = schema.safeParse(values);
    return read.success ? { value: read.data } : { refused: refusal(suffixed(read.error), form, intent) };
  };
  switch (intent) {
    case 'complete': {
      const read = parsed(completeClientSchema);
      if (read.refused) return read.refused;
      await completeClient(db, actor, read.value);
      return undefined;
    }
    case 'hold': {
      const read = parsed(holdSchema);
      if (read.refused) return read.refused;
      await holdClient(db, context, actor, read.value);
      return undefined;
    }
    case 'release':
      if (isId(clientId)) await releaseClient(db, context, actor, { clientId });
      return undefined;
    case 'extra': {
      const read = parsed(extraLineSchema(digits));
      if (read.refused) return read.refused;
      const programId = readScope(params).programIds?.[0] ?? null;
      await addExtraLine(db, context, actor, { ...read.value, programId });
      return undefined;
    }
    case 'discount': {
      const read = parsed(discountSchema(digits));
      if (read.refused) return read.refused;
      const { period } = readPeriod(params, '');
      if (!period) return refusal({ amount: 'Choose the period first.' }, form, intent);
      await giveDiscount(db, context, actor, { ...read.value, period, scope: readScope(params) });
      return undefined;
    }
    case 'write-off': {
      const read = parsed(writeOffSchema);
      if (read.refused) return read.refused;
      await writeOffLine(db, context, actor, read.value);
      return undefined;
    }
    case 'remove-line': {
      const chargeId = textOf(form, 'chargeId');
      if (isId(chargeId)) await removeRunLine(db, actor, { chargeId });
      return undefined;
    }
    default:
      return refusal({}, form, intent);
  }
}

/** The reasons by field; with a key, of one form among several alike. */
function suffixed(error: z.ZodError, key = ''): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of error.issues) errors[key ? `${String(path[0])}.${key}` : String(path[0])] ??= message;
  return errors;
}
