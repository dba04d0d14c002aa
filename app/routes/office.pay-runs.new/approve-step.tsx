import { Alert, Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { Money } from '#app/ui/money.tsx';
import { many } from '../money-pages/many.ts';
import type { loadWizard } from './load.server.ts';
import { NothingToPay } from './nothing-to-pay.tsx';
import { PayFacts } from './statements-step.tsx';
import { type WizardAddress, wizardAddress } from './wizard-address.ts';

type Page = Awaited<ReturnType<typeof loadWizard>>;

interface Props {
  address: Omit<WizardAddress, 'step'>;
  preview: NonNullable<Page['preview']>;
  who: string;
  tutorIds: readonly string[];
  blocking: number;
}

/** The last look: who is paid how much, and what is still left out. */
export function ApproveStep({ address, preview, who, tutorIds, blocking }: Props) {
  const { totals, statements } = preview;
  const statementsTo = (tutorId: string) =>
    `${wizardAddress({ ...address, step: 'statements' }, { open: tutorId })}#t-${tutorId}`;
  if (totals.lines === 0) {
    return <NothingToPay closed={preview.closed} action={{ to: '/office/pay-runs', label: 'Show the pay runs' }} />;
  }
  return (
    <Stack gap="lg">
      {blocking > 0 ? (
        <Alert color="yellow" variant="light">
          <Text size="sm">
            {blocking === 1 ? '1 exception is' : `${blocking} exceptions are`} open. What is settled later goes onto the next run,
            marked late.{' '}
            <Anchor component={Link} to={wizardAddress({ ...address, step: 'exceptions' })} size="sm" underline="always">
              Look at them
            </Anchor>
          </Text>
        </Alert>
      ) : null}
      <div>
        <PayFacts totals={totals} />
        <ConfirmButton
          align="start"
          main
          label="Approve the run"
          confirm={`Approve ${many(totals.tutors, 'statement')} now`}
          consequence={
            <>
              Approves <Money value={totals.total} /> for {many(totals.tutors, 'tutor')}; each sees a statement at once. Until it
              is exported or paid the run can be voided; after that only a correction in the next run changes it.
            </>
          }
          fields={{ from: preview.from, to: preview.to, hash: preview.hash, seen: preview.seen, who }}
        >
          {tutorIds.map((id) => (
            <input key={id} type="hidden" name="tutor" value={id} />
          ))}
        </ConfirmButton>
      </div>
      <section aria-labelledby="to-approve">
        <Title order={2} id="to-approve" mb="xs">
          To be approved
        </Title>
        <DataTable
          caption="What each tutor is owed"
          rows={statements}
          rowKey={(one) => one.tutorId}
          columns={[
            {
              key: 'tutor',
              header: 'Tutor',
              primary: true,
              cell: (one) => (
                <Anchor component={Link} to={statementsTo(one.tutorId)} size="sm">
                  {one.tutorName}
                </Anchor>
              ),
            },
            { key: 'wages', header: 'Wages', align: 'right', cell: (one) => <Money value={one.wages} /> },
            { key: 'mileage', header: 'Mileage', align: 'right', cell: (one) => <Money value={one.mileage} /> },
            { key: 'adjustments', header: 'Adjustments', align: 'right', cell: (one) => <Money value={one.adjustments} /> },
            { key: 'total', header: 'Total', align: 'right', cell: (one) => <Money value={one.total} /> },
          ]}
          footer={[
            'Total',
            <Money key="w" value={totals.wages} />,
            <Money key="m" value={totals.mileage} />,
            <Money key="a" value={totals.adjustments} />,
            <Money key="t" value={totals.total} />,
          ]}
        />
      </section>
    </Stack>
  );
}
