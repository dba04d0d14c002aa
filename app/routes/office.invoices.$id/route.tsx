import { Checkbox, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { billAgain } from '#app/domain/billing/bill-again.server.ts';
import { getInvoice } from '#app/domain/billing/invoice-queries.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { InvoiceFiles, InvoiceView } from '../money-pages/invoice-view.tsx';
import { refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Invoice ${data?.invoice.numberText ?? ''} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const invoice = await found(getInvoice(db, recordIdOf(args.params)));
  return { invoice, today: localDateOf(clock(), (await getOrganisation(db)).timezone) };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const invoiceId = recordIdOf(args.params);
  const form = await request.formData();
  const actor = actorOf(user, context);
  try {
    if (form.get('intent') === 'bill-again') {
      const attendanceId = textOf(form, 'attendanceId');
      if (!isId(attendanceId)) return refusal({ attendanceId: 'This place does not exist.' }, form);
      await billAgain(context.db, context, actor, { attendanceId });
    } else {
      const lineIds = form.getAll('lineIds').filter((id): id is string => typeof id === 'string' && isId(id));
      await issueCreditNote(context.db, context, actor, { invoiceId, lineIds, reason: textOf(form, 'reason') });
    }
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect(`/office/invoices/${invoiceId}`);
}

export default function Invoice() {
  const { invoice, today } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const open = invoice.lines.filter((line) => line.creditedBy === null);
  const again = invoice.lines.filter(
    (line) => line.leftOut === 'credited' && line.creditedBy !== null && line.attendanceId !== null,
  );
  const chosen = (answer?.values.lineIds ?? '').split(',');
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
          <details open={answer !== undefined} className="no-print">
            <summary>Take lines back with a credit note</summary>
            <Form method="post" ref={form} noValidate style={{ marginTop: 12, maxWidth: 640 }}>
              <Stack gap="sm">
                <ErrorSummary message={answer?.message} errors={answer?.errors} />
                <Checkbox.Group
                  label="Lines"
                  description="Each is taken back whole, as its exact negative."
                  defaultValue={chosen}
                  error={answer?.errors.lineIds}
                  id="lineIds"
                >
                  <Stack gap={6} mt={6}>
                    {open.map((line) => (
                      <Checkbox key={line.id} name="lineIds" value={line.id} label={`${line.localDate} ${line.description}`} />
                    ))}
                  </Stack>
                </Checkbox.Group>
                <TextInput
                  id="reason"
                  name="reason"
                  label="Reason"
                  description="It stands on the credit note."
                  required
                  defaultValue={answer?.values.reason}
                  error={answer?.errors.reason}
                />
                <Text size="sm" c="dimmed">
                  The invoice stays as it is. The places are unbilled then, until they are billed again; credits of a package stay
                  with the family. This can’t be undone.
                </Text>
                <SubmitButton color="red" style={{ alignSelf: 'flex-start' }}>
                  Issue the credit note
                </SubmitButton>
              </Stack>
            </Form>
          </details>
        )}
      </InvoiceView>
    </>
  );
}
