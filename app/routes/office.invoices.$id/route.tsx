import { Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { billAgain } from '#app/domain/billing/bill-again.server.ts';
import { dayText, moneyText } from '#app/domain/billing/documents/document-text.ts';
import { getInvoice, type InvoiceDetail } from '#app/domain/billing/invoice-queries.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { fillWords } from '#app/domain/billing/reminders/due-step.ts';
import { remindInvoice } from '#app/domain/billing/reminders/remind-invoice.server.ts';
import { listReminderSteps, listRemindersOf } from '#app/domain/billing/reminders/reminder-queries.server.ts';
import { writeOffInvoice } from '#app/domain/billing/write-off-invoice.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { RemindersPanel } from '../balance-pages/reminders-panel.tsx';
import { InvoiceFiles, InvoiceView } from '../money-pages/invoice-view.tsx';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { CreditNoteForm } from './credit-note-form.tsx';
import { WriteOffForm, WriteOffs } from './write-off-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Invoice ${data?.invoice.numberText ?? ''} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const invoice = await found(getInvoice(db, recordIdOf(args.params)));
  const [reminders, steps] = await Promise.all([listRemindersOf(db, invoice.id), listReminderSteps(db)]);
  const sent = new Set(reminders.map((one) => one.stepId));
  return {
    invoice,
    today: localDateOf(clock(), (await getOrganisation(db)).timezone),
    formId: crypto.randomUUID(),
    reminders: reminders.map((one) => ({ ...one, subject: subjectOf(one.subject, invoice) })),
    steps: (invoice.open > 0n ? steps.filter((step) => !sent.has(step.id)) : []).map((step) => ({
      ...step,
      subject: subjectOf(step.subject, invoice),
    })),
  };
}

/** A reminder's subject as this invoice's family reads it. */
const subjectOf = (words: string, { numberText, clientName, open, currency, dueOn, company }: InvoiceDetail) =>
  fillWords(words, {
    number: numberText,
    family: clientName,
    open: moneyText(open, currency, company.locale),
    due: dayText(dueOn, company.locale),
  });

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const invoiceId = recordIdOf(args.params);
  const form = await request.formData();
  const actor = actorOf(user, context);
  const intent = textOf(form, 'intent');
  try {
    if (intent === 'bill-again') {
      const attendanceId = textOf(form, 'attendanceId');
      if (!isId(attendanceId)) return refusal({ attendanceId: 'This place does not exist.' }, form, intent);
      await billAgain(context.db, context, actor, { attendanceId });
    } else if (intent === 'remind') {
      const stepId = textOf(form, 'stepId');
      if (!isId(stepId)) return refusal({}, form, intent);
      await remindInvoice(context.db, context, actor, { invoiceId, stepId });
    } else if (intent === 'write-off') {
      const amount = moneyOf(form, 'amount', currencyDigits((await getOrganisation(context.db)).currency));
      if (amount === undefined) return refusal({ amount: 'Enter an amount above 0, such as 120.00.' }, form, intent);
      const id = textOf(form, 'id');
      if (!isId(id)) return refusal({ reason: 'Load the page again, then give it up.' }, form, intent);
      await writeOffInvoice(context.db, context, actor, { id, invoiceId, amount, reason: textOf(form, 'reason').slice(0, 500) });
    } else {
      const read = readCreditNote(form, currencyDigits((await getOrganisation(context.db)).currency));
      if (read.errors) return refusal(read.errors, form, 'credit');
      await issueCreditNote(context.db, context, actor, { invoiceId, ...read.note });
    }
  } catch (error) {
    return refusalOf(error, form, ['write-off', 'bill-again', 'remind'].includes(intent) ? intent : 'credit');
  }
  throw redirect(`/office/invoices/${invoiceId}`);
}

/** The lines ticked, and the parts typed beside the others. */
function readCreditNote(form: FormData, digits: number) {
  const lineIds = form.getAll('lineIds').filter((id): id is string => typeof id === 'string' && isId(id));
  const parts: { lineId: string; amount: bigint }[] = [];
  for (const [name] of form) {
    const lineId = name.startsWith('amount.') ? name.slice('amount.'.length) : '';
    if (!isId(lineId) || textOf(form, name) === '' || lineIds.includes(lineId)) continue;
    const amount = moneyOf(form, name, digits);
    if (amount === undefined) return { errors: { [name]: 'Enter an amount, such as 12.50.' } };
    parts.push({ lineId, amount });
  }
  const id = textOf(form, 'id');
  return { note: { ...(isId(id) ? { id } : {}), lineIds, parts, reason: textOf(form, 'reason').slice(0, 500) } };
}

export default function Invoice() {
  const { invoice, today, formId, reminders, steps } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const open = invoice.lines.filter((line) => line.net + line.credited !== 0n);
  const again = invoice.lines.filter(
    (line) => line.leftOut === 'credited' && line.creditedBy !== null && line.attendanceId !== null,
  );
  return (
    <>
      <PageHeader
        title={invoice.numberText}
        description={
          <>
            <Link to={`/office/clients/${invoice.clientId}`}>{invoice.clientName}</Link>
            {invoice.clientAddress ? `, ${invoice.clientAddress.replaceAll(/\s*\n\s*/g, ', ')}` : ''}
          </>
        }
        back={{ to: '/office/invoices', label: 'Invoices' }}
        actions={<InvoiceFiles id={invoice.id} />}
      />
      <InvoiceView invoice={invoice} today={today} sessionBase="/office/sessions">
        {again.length === 0 ? null : (
          <section aria-labelledby="again">
            <Title order={2} id="again" mb="xs">
              Bill again
            </Title>
            <Text size="sm" c="dimmed" mb="xs">
              These were credited and are on no invoice. Correct the session first if it was wrong; billed again, it goes onto the
              next run.
            </Text>
            <Stack gap="xs" align="flex-start">
              {again.map((line) => (
                <Form method="post" key={line.id}>
                  <input type="hidden" name="intent" value="bill-again" />
                  <SubmitButton name="attendanceId" value={line.attendanceId ?? ''} variant="default" size="xs">
                    {`Bill again: ${line.description}`}
                  </SubmitButton>
                </Form>
              ))}
            </Stack>
          </section>
        )}
        {open.length === 0 ? null : (
          <CreditNoteForm
            lines={open}
            currency={invoice.currency}
            formId={formId}
            answer={answer?.form === 'credit' ? answer : undefined}
          />
        )}
        <RemindersPanel
          reminders={reminders}
          steps={steps}
          currency={invoice.currency}
          message={answer?.form === 'remind' ? answer.message : undefined}
        />
        <WriteOffs writeOffs={invoice.writeOffs} currency={invoice.currency} />
        {invoice.open <= 0n ? null : (
          <WriteOffForm
            open={invoice.open}
            currency={invoice.currency}
            formId={formId}
            answer={answer?.form === 'write-off' ? answer : undefined}
          />
        )}
      </InvoiceView>
    </>
  );
}
