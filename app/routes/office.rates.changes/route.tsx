import { Alert } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listRateChanges, type RateChangeRow } from '#app/domain/billing/rate-queries.server.ts';
import { undoRateChange } from '#app/domain/billing/undo-rate-change.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';

export const meta: MetaFunction = () => [{ title: 'Rates changed together · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'rates.manage');
  return { changes: await listRateChanges(args.context.db) };
}

/** Takes a change back. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'rates.manage');
  const { context, request } = args;
  const id = (await request.formData()).get('id');
  try {
    if (isId(id)) await undoRateChange(context.db, context, actorOf(user, context), { id });
    return redirect('/office/rates/changes');
  } catch (error) {
    return refusedAction(error);
  }
}

export default function RateChanges() {
  const { changes } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Rates changed together" back={{ to: '/office/rates', label: 'Rates' }} />
      {told && 'message' in told ? (
        <Alert color="red" role="alert" mb="md">
          {told.message}
        </Alert>
      ) : null}
      {changes.length === 0 ? (
        <EmptyState
          title="No rates were changed together yet"
          text="Raise or lower many rates from a day on, look at what it alters first, and take it back here if it was a mistake."
          action={{ to: '/office/rates/change', label: 'Change rates together' }}
        />
      ) : (
        <DataTable
          caption="Rates changed together"
          rows={changes}
          rowKey={(row) => row.id}
          columns={[
            { key: 'what', header: 'Change', primary: true, cell: (row) => <What row={row} /> },
            { key: 'from', header: 'From', cell: (row) => <LocalDate value={row.fromOn} /> },
            { key: 'rates', header: 'Rates', align: 'right', cell: (row) => row.rates },
            { key: 'at', header: 'When', cell: (row) => <DateTime value={row.changedAt} /> },
            { key: 'by', header: 'By', cell: (row) => row.changedByName ?? '' },
            {
              key: 'undo',
              header: '',
              cell: (row) =>
                row.undoneAt ? (
                  <>
                    Taken back, <DateTime value={row.undoneAt} />
                  </>
                ) : (
                  <ConfirmButton
                    size="xs"
                    label="Take back"
                    confirm="Take it back"
                    consequence={`${row.rates === 1 ? 'The rate is' : `All ${row.rates} rates are`} as before. What was invoiced or paid meanwhile stays as it is.`}
                    fields={{ id: row.id }}
                  />
                ),
            },
          ]}
        />
      )}
    </>
  );
}

function What({ row }: { row: RateChangeRow }) {
  const { percent, amount, sides } = row.how;
  const who = sides.length === 2 ? 'Charges and pay' : sides[0] === 'pay' ? 'Pay' : 'Charges';
  return (
    <>
      {who} by {percent === null ? <Money value={BigInt(amount ?? '0')} /> : `${percent}%`}
    </>
  );
}
