import {
  Anchor,
  Badge,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { payCalendarLabel } from '#app/domain/payroll/pay-calendar.ts';
import { readPayWho } from '#app/domain/payroll/pay-who.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { many } from '../money-pages/many.ts';
import { dayBefore } from '../money-pages/period.ts';
import type { loadWizard } from './load.server.ts';
import { wizardAddress } from './wizard-address.ts';

type Page = Awaited<ReturnType<typeof loadWizard>>;

/** What the calendars say is due, one click each; or anybody, for any days. */
export function WhoStep({ page }: { page: Page }) {
  const { choices, shown, errors, whoText, tutorIds } = page;
  if (!choices) return null;
  const { due, groups, tutors } = choices;
  const overdue = due.filter((one) => one.due);
  return (
    <Stack gap="xl">
      <section aria-labelledby="due">
        <Title order={2} id="due" mb="xs">
          By the calendar
        </Title>
        {overdue.length === 0 ? (
          <Text size="sm" c="dimmed" mb="sm">
            Every period that is over is paid.
          </Text>
        ) : null}
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
          {due.map((one) => {
            const until = dayBefore(one.to);
            return (
              <Paper key={`${one.who} ${one.from}`} withBorder p="md">
                <Group justify="space-between" wrap="nowrap" align="flex-start">
                  <div>
                    <Text fw={600}>{one.name}</Text>
                    <Text size="sm">
                      <LocalDate value={one.from} /> to <LocalDate value={until} />
                    </Text>
                    <Text size="xs" c="dimmed">
                      {payCalendarLabel[one.calendar]}, {many(one.tutors, 'tutor')}, {many(one.waiting, 'line')} to pay
                    </Text>
                  </div>
                  <Badge
                    variant="light"
                    color={one.due ? 'yellow' : 'gray'}
                    tt="none"
                    fw={500}
                    c="var(--mantine-color-text)"
                    flex="none"
                  >
                    {one.due ? 'Due' : 'Not over yet'}
                  </Badge>
                </Group>
                <Button
                  component={Link}
                  mt="sm"
                  size="compact-md"
                  variant={one.due ? 'filled' : 'default'}
                  to={wizardAddress({ step: 'exceptions', who: readPayWho(one.who), from: one.from, until })}
                  aria-label={`Begin with ${one.name}, from ${one.from}`}
                >
                  Begin
                </Button>
              </Paper>
            );
          })}
        </SimpleGrid>
        <Text size="sm" mt="xs">
          <Anchor component={Link} to="/office/settings/pay-groups" size="sm" underline="always">
            {groups.length === 0 ? 'Set up pay groups, where some are paid on other days' : 'Pay groups and their calendars'}
          </Anchor>
        </Text>
      </section>
      <section aria-labelledby="other">
        <Title order={2} id="other" mb="xs">
          Anybody, for any days
        </Title>
        <Form method="get" action="/office/pay-runs/new" noValidate>
          <input type="hidden" name="step" value="exceptions" />
          <Stack gap="sm" maw={640}>
            <ErrorSummary errors={errors} />
            <NativeSelect
              id="who"
              name="who"
              label="Whom"
              defaultValue={whoText}
              error={errors.who}
              data={[
                { value: 'all', label: 'Everybody' },
                ...groups.map((group) => ({ value: `group:${group.id}`, label: group.name })),
                ...(groups.length > 0 ? [{ value: 'rest', label: 'Tutors in no pay group' }] : []),
                { value: 'tutors', label: 'Chosen tutors, off the calendar' },
              ]}
            />
            <Group gap="sm" align="flex-start" grow>
              <TextInput id="from" name="from" type="date" label="From" defaultValue={shown.from} error={errors.from} />
              <TextInput
                id="until"
                name="until"
                type="date"
                label="Up to and including"
                defaultValue={shown.until}
                error={errors.until}
              />
            </Group>
            <details open={whoText === 'tutors'}>
              <summary style={{ cursor: 'pointer', fontSize: 14 }}>Choose tutors, for a run off the calendar</summary>
              <Checkbox.Group
                defaultValue={tutorIds}
                error={errors.tutorIds}
                description="It pays what is there now; the regular run of these days comes all the same."
                mt="xs"
              >
                <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
                  {tutors.map((tutor) => (
                    <Checkbox key={tutor.id} name="tutor" value={tutor.id} label={tutor.name} />
                  ))}
                </SimpleGrid>
              </Checkbox.Group>
            </details>
            <Group>
              <Button type="submit">Look for exceptions</Button>
            </Group>
          </Stack>
        </Form>
      </section>
    </Stack>
  );
}
