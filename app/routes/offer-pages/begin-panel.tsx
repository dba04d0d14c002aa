import { Alert, Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { BeginView } from './begin-view.ts';

/** What was agreed with a tutor and is not planned yet: a click away from its days and their clashes. */
export function BeginPanel({ begin }: { begin: BeginView | null }) {
  if (!begin) return null;
  return (
    <Panel title="Book what was agreed">
      {begin.noTimes ? (
        <>
          <Text size="sm">
            From <LocalDate value={begin.startsOn} />. The weekly times were left open.
          </Text>
          <div>
            <Button component={Link} to={begin.noTimes}>
              Find a time
            </Button>
          </div>
        </>
      ) : null}
      <Stack gap="lg">
        {begin.weeks.map((week) => (
          <Week key={week.key} week={week} />
        ))}
      </Stack>
      <Text size="xs" c="dimmed">
        The days and their clashes are shown before anything is booked; then the family and the tutor are told by mail.
      </Text>
    </Panel>
  );
}

function Week({ week }: { week: BeginView['weeks'][number] }) {
  const blocked = week.problems.some((problem) => problem.blocking);
  return (
    <Stack gap="xs">
      <div>
        <Text fw={600}>Every {week.text}</Text>
        <Text size="sm" c="dimmed">
          The first: {week.first}
          {week.problems.length === 0 ? '. Nothing stands in the way.' : ''}
        </Text>
      </div>
      {week.problems.length > 0 ? (
        <Alert
          color={blocked ? 'red' : 'yellow'}
          variant="light"
          role="note"
          p="sm"
          title={week.problems.map((problem) => problem.message).join(' ')}
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        >
          {week.instead.length > 0 ? (
            <>
              <Text size="sm">Free instead, every week from:</Text>
              <List size="sm">
                {week.instead.map((slot) => (
                  <List.Item key={slot.to}>
                    <Anchor component={Link} to={slot.to} inherit underline="always">
                      {slot.text}
                    </Anchor>
                  </List.Item>
                ))}
              </List>
            </>
          ) : (
            <Text size="sm">Nothing else is free that week.</Text>
          )}
        </Alert>
      ) : null}
      <Group gap="sm">
        <Form method="post" action="/office/sessions/new">
          {week.fields.map(([name, value]) => (
            <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
          ))}
          <SubmitButton name="intent" value="book" action="/office/sessions/new">
            Book the weekly series
          </SubmitButton>
        </Form>
        <Anchor component={Link} to={week.once} size="sm">
          Only the first session
        </Anchor>
      </Group>
    </Stack>
  );
}
