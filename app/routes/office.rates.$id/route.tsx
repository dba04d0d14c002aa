import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { changeRate } from '#app/domain/billing/change-rate.server.ts';
import { endRate } from '#app/domain/billing/end-rate.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { rateChangeSchema, rateEndSchema } from '#app/domain/billing/rate.schema.ts';
import { getRate } from '#app/domain/billing/rate-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { RateAmount } from '../record-forms/rate-words.tsx';
import { ChangeRateForm, EndRateForm } from './rate-date-forms.tsx';

export const meta: MetaFunction = () => [{ title: 'Rate · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'rates.manage');
  const { db, clock } = args.context;
  const rate = await found(getRate(db, recordIdOf(args.params)));
  const { currency, timezone } = await getOrganisation(db);
  const history = await listAudit(db, { subjectType: 'rate', subjectId: rate.id, limit: 20 });
  return { rate, currency, today: localDateOf(clock(), timezone), history: history.map(historyLine) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'rates.manage');
  const { context, request } = args;
  const rateId = recordIdOf(args.params);
  const form = await request.formData();
  const actor = actorOf(user, context);
  const withId = { shape: (input: Record<string, unknown>) => ({ ...input, rateId }) };
  try {
    if (form.get('intent') === 'end') {
      const read = readRecord(rateEndSchema, form, withId);
      if (!read.ok) return refusedForm(read.answer);
      await endRate(context.db, context, actor, read.value);
    } else {
      const [{ currency }, { basis }] = await Promise.all([getOrganisation(context.db), found(getRate(context.db, rateId))]);
      const read = readRecord(rateChangeSchema(currencyDigits(currency), basis), form, withId);
      if (!read.ok) return refusedForm(read.answer);
      await changeRate(context.db, context, actor, read.value);
    }
    return redirect('/office/rates');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function Rate() {
  const { rate, currency, today, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const intent = answer?.values.intent?.[0];
  return (
    <>
      <PageHeader
        title={rate.side === 'charge' ? 'Rate: a client is charged' : 'Rate: a tutor is paid'}
        back={{ to: '/office/rates', label: 'Rates' }}
      />
      <RecordColumns>
        <RecordColumn>
          <Panel title="Facts">
            <Facts
              rows={[
                ['Amount', <RateAmount key="amount" rate={rate} />],
                ['Program', rate.program ?? 'Any'],
                ['Subject', rate.subject ?? 'Any'],
                ['Tutor', rate.tutor ?? 'Any'],
                ['Student', rate.student ?? 'Any'],
                ['From', <LocalDate key="from" value={rate.validFrom} />],
                ['Until, not including', rate.validTo ? <LocalDate key="to" value={rate.validTo} /> : 'No end'],
                ...(rate.note ? ([['Note', rate.note]] as [string, string][]) : []),
              ]}
            />
          </Panel>
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
        <RecordColumn>
          <ChangeRateForm
            currency={currency}
            basis={rate.basis}
            today={today}
            validFrom={rate.validFrom}
            answer={intent === 'end' ? undefined : answer}
          />
          <EndRateForm today={today} validFrom={rate.validFrom} answer={intent === 'end' ? answer : undefined} />
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
