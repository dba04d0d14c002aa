import { Group, Stack, Text, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { FixLink } from '../money-pages/fix-link.tsx';
import { many } from '../money-pages/many.ts';
import type { Refusal } from '../money-pages/refusal.server.ts';

interface Props {
  sessions: readonly { tutorId: string; tutorName: string; localDate: string }[];
  /** First day of the run. */
  from: string;
  currency: string;
  answer: Pick<Refusal, 'errors' | 'values' | 'form'> | undefined;
}

/** One form for each tutor without a rate: it settles all their sessions that wait for one. */
export function MissingPayRates({ sessions: waiting, from, currency, answer }: Props) {
  const tutors = [...Map.groupBy(waiting, (session) => session.tutorId)];
  return (
    <Stack gap="md">
      {tutors.map(([tutorId, sessions]) => {
        const mine = answer?.form === 'rate' && answer.values.tutorId === tutorId;
        const earliest = sessions.reduce(
          (day, session) => (session.localDate < day ? session.localDate : day),
          sessions[0]?.localDate ?? from,
        );
        return (
          <Form method="post" key={tutorId} noValidate preventScrollReset>
            <input type="hidden" name="intent" value="rate" />
            <input type="hidden" name="tutorId" value={tutorId} />
            <Text size="sm" fw={500}>
              {sessions[0]?.tutorName}, {many(sessions.length, 'session')}
            </Text>
            <Group gap="sm" align="flex-start">
              <TextInput
                id={`amountPerHour.${tutorId}`}
                name="amountPerHour"
                label={`Pay an hour (${currency})`}
                inputMode="decimal"
                defaultValue={mine ? answer.values.amountPerHour : ''}
                error={answer?.errors[`amountPerHour.${tutorId}`]}
              />
              <TextInput
                id={`validFrom.${tutorId}`}
                name="validFrom"
                type="date"
                label="From"
                defaultValue={mine ? answer.values.validFrom : earliest}
                error={answer?.errors[`validFrom.${tutorId}`] ?? (mine ? answer.errors.validFrom : undefined)}
              />
              <SubmitButton mt={25} variant="default">
                Add the rate
              </SubmitButton>
            </Group>
          </Form>
        );
      })}
      <Text size="sm">
        <FixLink to="/office/rates/new?side=pay">A rate by subject, program or student</FixLink> or, where no-shows are paid by
        the fee, <FixLink to="/office/rates/new?side=charge">a charge rate</FixLink>
      </Text>
    </Stack>
  );
}
