import { Alert, Anchor, Group, List, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import styles from './booking.module.css';
import type { BookingCheckView } from './booking-check-view.ts';

/** What booking this would mean: when, what it clashes with, what it costs. Shown before anything is saved. */
export function BookingPreview({ check, checking }: { check: BookingCheckView | null; checking: boolean }) {
  return (
    <aside className={styles.preview} aria-labelledby="preview" aria-busy={checking}>
      <Title order={2} id="preview" mb="xs">
        Before you book
      </Title>
      <div aria-live="polite">
        {check === null ? (
          <Text size="sm" c="dimmed">
            Choose who, what and when: clashes and the price are shown here before anything is saved.
          </Text>
        ) : (
          <Preview check={check} />
        )}
      </div>
    </aside>
  );
}

function Preview({ check }: { check: BookingCheckView }) {
  return (
    <Stack gap="sm">
      {check.when ? (
        <div>
          <Text fw={600}>{check.when}</Text>
          {check.atOffice ? (
            <Text size="sm" c="dimmed">
              {check.atOffice}
            </Text>
          ) : null}
        </div>
      ) : null}
      {check.problems.map((problem) => (
        <Problem key={problem.message + (problem.field ?? '')} problem={problem} />
      ))}
      {check.blocked ? null : (
        <Group gap={6} wrap="nowrap">
          <IconCircleCheck size={18} aria-hidden color="var(--mantine-color-green-6)" />
          <Text size="sm">Nothing stands in the way.</Text>
        </Group>
      )}
      {check.places.length > 0 ? <Prices check={check} /> : null}
    </Stack>
  );
}

function Problem({ problem }: { problem: BookingCheckView['problems'][number] }) {
  const blocking = problem.severity === 'blocking';
  return (
    <Alert
      color={blocking ? 'red' : 'yellow'}
      role="note"
      variant="light"
      p="sm"
      icon={blocking ? <IconAlertTriangle aria-hidden /> : <IconInfoCircle aria-hidden />}
      title={problem.message}
    >
      {problem.clashes.length > 0 ? (
        <List size="sm">
          {problem.clashes.map((clash) => (
            <List.Item key={clash.href}>
              <Anchor component={Link} to={clash.href} target="_blank" inherit c="inherit" underline="always">
                {clash.text}
              </Anchor>
            </List.Item>
          ))}
        </List>
      ) : null}
    </Alert>
  );
}

function Prices({ check }: { check: BookingCheckView }) {
  return (
    <Table className="tabular" verticalSpacing={6} horizontalSpacing={0}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Student</Table.Th>
          <Table.Th ta="end">If it takes place as planned</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {check.places.map((place) => (
          <Table.Tr key={place.studentId}>
            <Table.Td>{place.name}</Table.Td>
            <Table.Td ta="end">
              {place.price}
              {place.note ? (
                <Text size="xs" c="dimmed">
                  {place.note}
                </Text>
              ) : null}
            </Table.Td>
          </Table.Tr>
        ))}
        {check.pay === null ? null : (
          <Table.Tr>
            <Table.Td>Pay of the tutor</Table.Td>
            <Table.Td ta="end">{check.pay}</Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  );
}
