import { Anchor, List, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { leftOutLabel, leftOutMeaning } from '#app/domain/billing/invoice-run.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';

interface LeftOutProps {
  counts: readonly { reason: string; count: number }[];
  /** Those that somebody may want to do something about. */
  places: readonly {
    attendanceId: string;
    sessionId: string;
    startsAt: Date;
    studentName: string;
    tutorName: string;
    reason: string;
  }[];
  linkOf: (reason?: string) => string;
}

export function LeftOut({ counts, places, linkOf }: LeftOutProps) {
  if (counts.length === 0) return null;
  return (
    <section aria-labelledby="left-out">
      <Title order={2} id="left-out" mb="xs">
        Left out, and why
      </Title>
      <List size="sm" spacing={2} mb="md">
        {counts.map(({ reason, count }) => (
          <List.Item key={reason}>
            <Anchor component={Link} to={linkOf(reason)} size="sm" underline="always">
              {leftOutLabel(reason)}: {count}
            </Anchor>{' '}
            <Text span c="dimmed" size="sm">
              {leftOutMeaning(reason)}
            </Text>
          </List.Item>
        ))}
      </List>
      {places.length === 0 ? null : (
        <DataTable
          caption="Places that could be billed if something is done about them"
          rows={places}
          rowKey={(place) => place.attendanceId}
          columns={[
            {
              key: 'student',
              header: 'Student',
              primary: true,
              cell: (place) => (
                <Anchor component={Link} to={`/office/sessions/${place.sessionId}`} size="sm">
                  {place.studentName}
                </Anchor>
              ),
            },
            { key: 'when', header: 'When', cell: (place) => <DateTime value={place.startsAt} /> },
            { key: 'tutor', header: 'Tutor', cell: (place) => place.tutorName },
            { key: 'reason', header: 'Reason', cell: (place) => leftOutLabel(place.reason) },
          ]}
        />
      )}
    </section>
  );
}
