import { Group, TextInput } from '@mantine/core';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { CreditForm } from './credit-form.tsx';
import styles from './credit-pages.module.css';

interface Props {
  answer: Refusal | undefined;
  formId: string;
  /** As typed; empty: as the company says. */
  lowCredits: string;
  usual: string;
  topUpPackageId: string | null;
  packages: readonly { id: string; name: string; perStudent: boolean }[];
}

/** When this family's credits are low, and what is sold to it by itself then. */
export function WatchForm({ answer, formId, lowCredits, usual, topUpPackageId, packages }: Props) {
  return (
    <details className={styles.more} open={answer?.form === 'watch'}>
      <summary>When they run low</summary>
      <CreditForm name="watch" answer={answer} formId={formId} submit="Save">
        {(field) => (
          <Group gap="sm" align="flex-start">
            <TextInput
              {...field('lowCredits', lowCredits)}
              label="Low means below"
              description={`Empty: ${usual}, as usual`}
              inputMode="decimal"
              w={180}
            />
            <ChoiceSelect
              {...field('topUpPackageId', topUpPackageId ?? '')}
              label="Top up with"
              description="Sold by itself, once a day at most; the family is told"
              none="Nothing"
              choices={packages.filter((one) => !one.perStudent)}
            />
          </Group>
        )}
      </CreditForm>
    </details>
  );
}
