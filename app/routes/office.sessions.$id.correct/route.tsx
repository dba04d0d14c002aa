import { Alert, Box, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { correctSession, rehearseCorrection } from '#app/domain/corrections/correct-session.server.ts';
import { correctionSchema } from '#app/domain/corrections/correction.schema.ts';
import type { CorrectionResult } from '#app/domain/corrections/correction.ts';
import { correctionHash } from '#app/domain/corrections/correction-hash.server.ts';
import { readSessionMoney } from '#app/domain/corrections/session-money.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, type RecordAnswer } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord, typedValues } from '#app/ui/record-form.server.ts';
import { whenOf } from '#app/ui/session-when.ts';
import { loadOfficeSession } from '../session-pages/load-session.server.ts';
import { CorrectionForm } from './correction-form.tsx';
import { CorrectionPreview } from './correction-preview.tsx';
import { MoneyNow } from './money-now.tsx';

export const meta: MetaFunction = () => [{ title: 'Correct a session · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.manage');
  const { session, organisation, reader, context } = await loadOfficeSession(args, 'money.manage');
  const digits = currencyDigits(organisation.currency);
  const money = await readSessionMoney(context.db, session.id);
  const amount = (value: bigint | null) => (value === null ? '' : formatDecimal(value, digits));
  return {
    id: session.id,
    title: session.title || session.subject.name,
    when: whenOf(reader, session.startsAt, session.endsAt).long,
    tutor: session.tutor.name,
    currency: organisation.currency,
    status: session.status,
    money,
    twoDurations: session.policy.twoDurations,
    students: session.places.map(({ studentId, studentName, clientName, outcome }) => ({
      studentId,
      name: studentName,
      family: clientName,
      outcome,
    })),
    initial: asFormValues({
      version: String(session.version),
      actualMinutes: session.closeOut ? String(session.closeOut.actualMinutes) : '',
      paidMinutes: String(session.closeOut?.paidMinutes ?? ''),
      miles: session.closeOut?.miles ?? '',
      billable: session.billable ? 'yes' : '',
      chargeRate: amount(session.chargeRateOverride),
      payRate: amount(session.payRateOverride),
      reason: '',
      ...Object.fromEntries(session.places.map((place) => [`outcomes.${place.studentId}`, place.outcome])),
    }),
  };
}

/** What the page shows before it is done. */
interface Shown {
  rehearsal: CorrectionResult;
  seen: string;
}

/** Looks at what it would come to, or does it as it was seen. */
export async function action(args: ActionFunctionArgs) {
  await authorize(args, 'money.manage');
  const { session, organisation, actor, context } = await loadOfficeSession(args, 'money.manage');
  const form = await args.request.formData();
  const read = readRecord(correctionSchema(currencyDigits(organisation.currency)), form, {
    shape: (input) => ({ ...input, sessionId: session.id }),
  });
  if (!read.ok) return refusedForm(read.answer);
  try {
    const seen = form.get('seen');
    if (form.get('intent') === 'correct' && typeof seen === 'string') {
      await correctSession(context.db, context, actor, { ...read.value, seen });
      return redirect(`/office/sessions/${session.id}#money`);
    }
    const rehearsal = await rehearseCorrection(context.db, context, actor, read.value);
    return data<RecordAnswer & Partial<Shown>>({
      errors: {},
      values: typedValues(form),
      rehearsal,
      seen: correctionHash(rehearsal),
    });
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function CorrectSession() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as (RecordAnswer & Partial<Shown>) | undefined;
  const untouched = page.money.places.every((place) => place.invoiceNumber === null) && page.money.pay.paid === 0n;
  return (
    <Box maw={960}>
      <PageHeader
        back={{ to: `/office/sessions/${page.id}`, label: page.title }}
        title="Correct the session"
        description={`${page.when}, with ${page.tutor}. What was invoiced or paid stays as it is: a credit note takes it back, and the difference goes onto the next runs.`}
      />
      <Stack gap="lg">
        {untouched ? (
          <Alert color="blue" variant="light">
            Nothing of it is on an invoice or in a pay run yet: what you change here is simply worked out anew.
          </Alert>
        ) : null}
        <MoneyNow money={page.money} />
        {answer?.rehearsal && answer.seen ? (
          <CorrectionPreview result={answer.rehearsal} seen={answer.seen} values={answer.values} />
        ) : null}
        <CorrectionForm {...page} answer={answer} />
        <Text size="xs" c="dimmed">
          Its time, tutor or students were wrong? Withdraw it here as cancelled, then book it as it took place.
        </Text>
      </Stack>
    </Box>
  );
}
