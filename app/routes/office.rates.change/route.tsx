import { Alert, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { changeRates, previewRateChange } from '#app/domain/billing/change-rates.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import type { RecordAnswer } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord, typedValues } from '#app/ui/record-form.server.ts';
import { rateChoices } from '../record-forms/rate-choices.server.ts';
import { ChangeForm } from './change-form.tsx';
import { ChangePreview } from './change-preview.tsx';
import { changeSchema } from './read-change.ts';

export const meta: MetaFunction = () => [{ title: 'Change rates together · Lectern' }];

/** More than this nobody reads; the sums are of all. */
const SHOWN = 40;

/** The form stands in the address, so that what it would do can be looked at again and sent to somebody. */
export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'rates.manage');
  const { db, clock } = args.context;
  const { currency, timezone } = await getOrganisation(db);
  const given = new URL(args.request.url).searchParams;
  const choices = await rateChoices(db);
  const base = { currency, choices };
  if (!given.has('value')) {
    const start = {
      from: [localDateOf(clock(), timezone)],
      by: ['percent'],
      value: [''],
      roundTo: ['1'],
      side: [given.get('side') ?? 'charge'],
    };
    return data({ ...base, answer: { errors: {}, values: start } as RecordAnswer, preview: null });
  }
  const form = new FormData();
  for (const [name, value] of given) form.append(name, value);
  const read = readRecord(changeSchema(currencyDigits(currency)), form);
  if (!read.ok) return data({ ...base, answer: read.answer, preview: null }, { status: 400 });
  const { rows, effects, hash } = await previewRateChange(db, read.value);
  const sums = { planned: sumOf(effects, 'planned'), settled: sumOf(effects, 'settled') };
  return data({
    ...base,
    answer: { errors: {}, values: typedValues(form) } as RecordAnswer,
    preview: {
      rows,
      effects: effects.slice(0, SHOWN),
      more: Math.max(effects.length - SHOWN, 0),
      sums,
      hash,
      from: read.value.from,
    },
  });
}

function sumOf(effects: readonly { state: string; charge: bigint; pay: bigint }[], state: string) {
  const own = effects.filter((effect) => effect.state === state);
  const sum = (side: 'charge' | 'pay') => own.reduce((total, effect) => total + effect[side], 0n);
  return { count: own.length, charge: sum('charge'), pay: sum('pay') };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'rates.manage');
  const { context, request } = args;
  const form = await request.formData();
  const { currency } = await getOrganisation(context.db);
  const read = readRecord(changeSchema(currencyDigits(currency)), form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    const hash = form.get('hash');
    const input = { ...read.value, hash: typeof hash === 'string' ? hash : '' };
    await changeRates(context.db, context, actorOf(user, context), input);
    return redirect('/office/rates/changes');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function ChangeRates() {
  const { answer, preview, choices, currency } = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>() as RecordAnswer | undefined;
  return (
    <>
      <PageHeader
        title="Change rates together"
        back={{ to: '/office/rates', label: 'Rates' }}
        description="From a day on, by a percentage or an amount. You see every rate and session it alters before anything is done, and can take it back."
      />
      <Stack gap="lg">
        {done?.message ? (
          <Alert color="red" role="alert">
            {done.message}
          </Alert>
        ) : null}
        <ChangeForm answer={answer} choices={choices} currency={currency} />
        {preview && preview.rows.length === 0 ? (
          <Text c="dimmed">No rate changes by this: none of that kind holds from that day on, or each stays the same.</Text>
        ) : null}
        {preview && preview.rows.length > 0 ? <ChangePreview preview={preview} values={answer.values} /> : null}
      </Stack>
    </>
  );
}
