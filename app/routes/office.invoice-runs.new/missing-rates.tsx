import { Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { leftOutLabel, leftOutMeaning } from '#app/domain/billing/invoice-run.ts';
import type { MissingRate } from '#app/domain/billing/run-checks.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { FixLink } from '../money-pages/fix-link.tsx';
import { many } from '../money-pages/many.ts';
import type { Refusal } from '../money-pages/refusal.server.ts';

interface Props {
  rows: readonly MissingRate[];
  currency: string;
  answer: Refusal | undefined;
}

/** One form for each program and subject without a rate: it settles all their places that wait for one. */
export function MissingRates({ rows, currency, answer }: Props) {
  return (
    <section aria-labelledby="missing">
      <Title order={2} id="missing">
        {leftOutLabel('missing_rate')}: {rows.reduce((sum, row) => sum + row.count, 0)}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {leftOutMeaning('missing_rate')}
      </Text>
      <Stack gap="md">
        {rows.map((row) => {
          const key = `${row.programId}.${row.subjectId}`;
          const mine = answer?.form === 'rate' && answer.values.key === key ? answer : undefined;
          return (
            <Form method="post" key={key} noValidate preventScrollReset>
              <input type="hidden" name="intent" value="rate" />
              <input type="hidden" name="key" value={key} />
              <input type="hidden" name="programId" value={row.programId} />
              <input type="hidden" name="subjectId" value={row.subjectId} />
              <Text size="sm" fw={500}>
                {row.programName}, {row.subjectName}: {many(row.count, 'place')}
                <Text span size="sm" c="dimmed" fw={400}>
                  {' '}
                  {row.students}
                </Text>
              </Text>
              {mine?.message ? <Text size="sm">{mine.message}</Text> : null}
              <Group gap="sm" align="flex-start">
                <TextInput
                  name="amountPerHour"
                  label={`Charge an hour (${currency})`}
                  inputMode="decimal"
                  defaultValue={mine?.values.amountPerHour ?? ''}
                  error={mine?.errors[`amountPerHour.${key}`]}
                />
                <TextInput
                  name="validFrom"
                  type="date"
                  label="From"
                  defaultValue={mine?.values.validFrom ?? row.first}
                  error={mine?.errors[`validFrom.${key}`] ?? mine?.errors.validFrom}
                />
                <NativeSelect
                  name="of"
                  label="For"
                  defaultValue={mine?.values.of ?? 'subject'}
                  data={[
                    { value: 'subject', label: `${row.subjectName} in ${row.programName}` },
                    { value: 'program', label: `All of ${row.programName}` },
                  ]}
                />
                <SubmitButton mt={25} variant="default">
                  Add the rate
                </SubmitButton>
              </Group>
            </Form>
          );
        })}
        <FixLink to="/office/rates/new?side=charge">A rate by tutor or student</FixLink>
      </Stack>
    </section>
  );
}
