import { Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';
import type { loadWizard } from './load.server.ts';
import styles from './preview-step.module.css';

type Page = Awaited<ReturnType<typeof loadWizard>>;

interface Props {
  family: NonNullable<NonNullable<Page['families']>['opened']>;
  /** So that a form sent twice adds one line. */
  formId: string;
  until: string;
  currency: string;
  answer: Refusal | undefined;
}

/** What can be changed about one invoice before it is issued: a line more, a discount, or to wait with it. */
export function AdjustFamily({ family, formId, until, currency, answer }: Props) {
  const of = (intent: string) => (answer?.form === intent && answer.values.clientId === family.clientId ? answer : undefined);
  const [extra, discount, hold] = [of('extra'), of('discount'), of('hold')];
  const hidden = (intent: string) => (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="clientId" value={family.clientId} />
      <input type="hidden" name="requestId" value={formId} />
    </>
  );
  return (
    <Stack gap={0} mb="xs">
      <details className={styles.panel} open={extra !== undefined}>
        <summary>Add a line</summary>
        <Form method="post" noValidate preventScrollReset>
          {hidden('extra')}
          <Group gap="sm" align="flex-start">
            <TextInput
              name="description"
              label="For"
              defaultValue={extra?.values.description}
              error={extra?.errors.description}
            />
            <TextInput
              name="amount"
              label={`Net (${currency})`}
              inputMode="decimal"
              w={110}
              defaultValue={extra?.values.amount}
              error={extra?.errors.amount}
            />
            <TextInput
              name="taxPercent"
              label="Tax %"
              inputMode="decimal"
              w={80}
              defaultValue={extra?.values.taxPercent ?? '0'}
              error={extra?.errors.taxPercent}
            />
            <TextInput
              name="localDate"
              label="Day"
              type="date"
              defaultValue={extra?.values.localDate ?? until}
              error={extra?.errors.localDate}
            />
            <SubmitButton mt={25} variant="default">
              Add the line
            </SubmitButton>
          </Group>
        </Form>
      </details>
      <details className={styles.panel} open={discount !== undefined}>
        <summary>Give a discount</summary>
        <Form method="post" noValidate preventScrollReset>
          {hidden('discount')}
          <Group gap="sm" align="flex-start">
            <NativeSelect
              name="chargeId"
              label="On"
              maw={280}
              defaultValue={discount?.values.chargeId ?? ''}
              error={discount?.errors.chargeId}
              data={[
                { value: '', label: 'All lines' },
                ...family.lines
                  .filter((line) => line.net > 0n)
                  .map((line) => ({ value: line.chargeId, label: `${line.localDate} ${line.description}` })),
              ]}
            />
            <TextInput
              name="percent"
              label="Per cent"
              inputMode="decimal"
              w={90}
              defaultValue={discount?.values.percent}
              error={discount?.errors.percent}
            />
            <TextInput
              name="amount"
              label={`or amount (${currency})`}
              inputMode="decimal"
              w={130}
              defaultValue={discount?.values.amount}
              error={discount?.errors.amount}
            />
            <TextInput name="reason" label="Why" defaultValue={discount?.values.reason} error={discount?.errors.reason} />
            <SubmitButton mt={25} variant="default">
              Give the discount
            </SubmitButton>
          </Group>
        </Form>
      </details>
      <details className={styles.panel} open={hold !== undefined}>
        <summary>Hold this family</summary>
        <Form method="post" noValidate preventScrollReset>
          {hidden('hold')}
          <Group gap="sm" align="flex-start">
            <TextInput
              name="reason"
              label="Why"
              description="It is in no run until somebody lets it go; it then gets this month without being late."
              defaultValue={hold?.values.reason}
              error={hold?.errors.reason}
            />
            <SubmitButton mt={46} variant="default">
              Hold
            </SubmitButton>
          </Group>
        </Form>
      </details>
    </Stack>
  );
}
