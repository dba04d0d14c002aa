import { Anchor, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { formatMoney } from '#app/ui/format.ts';
import { useViewer } from '#app/ui/viewer.ts';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { CreditForm } from './credit-form.tsx';
import styles from './credit-pages.module.css';

interface Props {
  packages: readonly { id: string; name: string; quantity: string; price: bigint; perStudent: boolean }[];
  students: readonly { id: string; name: string }[];
  currency: string;
  today: string;
  formId: string;
  answer: Refusal | undefined;
}

/** Sells a package of the list in two clicks, or so many credits at a price of its own. */
export function SellPanel(props: Props) {
  const { packages, answer } = props;
  return (
    <Paper withBorder p="md" className="no-print" component="section" aria-labelledby="sell">
      <Stack gap="sm">
        <Title order={2} id="sell">
          Sell a package
        </Title>
        {packages.length === 0 ? (
          <>
            <Text size="sm" c="dimmed">
              With packages on a list, this takes two clicks.{' '}
              <Anchor component={Link} to="/office/settings/packages/new" size="sm" underline="always">
                Add a package to the list
              </Anchor>
            </Text>
            <FreeForm {...props} />
          </>
        ) : (
          <>
            <ListForm {...props} />
            <details className={styles.more} open={answer?.form === 'free'}>
              <summary>Sell other credits than those of the list</summary>
              <FreeForm {...props} />
            </details>
          </>
        )}
      </Stack>
    </Paper>
  );
}

function ListForm({ packages, students, currency, today, formId, answer }: Props) {
  const { locale } = useViewer();
  const children = packages.some((one) => one.perStudent) && students.length > 0;
  return (
    <CreditForm name="package" answer={answer} formId={formId} submit="Sell the package">
      {(field) => (
        <Group gap="sm" align="flex-start">
          <NativeSelect {...field('packageId', packages[0]?.id)} label="Package">
            {packages.map((one) => (
              <option key={one.id} value={one.id} suppressHydrationWarning>
                {one.name}: {one.quantity}, {formatMoney(one.price, currency, locale)}
                {one.perStudent ? ', for one child' : ''}
              </option>
            ))}
          </NativeSelect>
          {children ? (
            <ChoiceSelect
              {...field('studentId', students.length === 1 ? students[0]?.id : '')}
              label="Child"
              description="Only for packages of one child"
              none="–"
              choices={students}
            />
          ) : null}
          <TextInput
            {...field('purchasedOn', today)}
            label="Bought on"
            description="Comes on the invoice of that day"
            type="date"
          />
        </Group>
      )}
    </CreditForm>
  );
}

function FreeForm({ students, currency, today, formId, answer }: Props) {
  return (
    <CreditForm name="free" answer={answer} formId={formId} submit="Sell the credits">
      {(field) => (
        <Group gap="sm" align="flex-start">
          <TextInput {...field('credits')} label="Credits" inputMode="decimal" w={110} />
          <TextInput {...field('price')} label={`Price, net (${currency})`} inputMode="decimal" w={150} />
          <TextInput {...field('taxPercent', '0')} label="Tax %" inputMode="decimal" w={90} />
          <TextInput {...field('purchasedOn', today)} label="Bought on" type="date" />
          <TextInput {...field('expiresOn')} label="Last day" description="Empty: never expires" type="date" />
          {students.length > 1 ? (
            <ChoiceSelect {...field('studentId')} label="For" none="All children" choices={students} />
          ) : null}
        </Group>
      )}
    </CreditForm>
  );
}
