import { Stack, Text, Title } from '@mantine/core';
import { SessionCard, SessionCards } from '#app/ui/session-card.tsx';
import styles from './calendar.module.css';
import type { CalendarView } from './calendar-view.ts';
import { DayNotes } from './day-notes.tsx';

/** A week as cards under their days, with all that is known of each session. */
export function DayLists({ page }: { page: CalendarView }) {
  return (
    <Stack gap="lg">
      {page.days.map((day) => (
        <section key={day.date} aria-labelledby={`day-${day.date}`} className={styles.listDay}>
          <Title order={3} id={`day-${day.date}`} mb={6} c={day.sessions.length === 0 ? 'dimmed' : undefined}>
            {day.name}
            {day.isToday ? ' (today)' : ''}
          </Title>
          <DayNotes notes={day.notes} />
          {day.sessions.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing planned
            </Text>
          ) : (
            <SessionCards>
              {day.sessions.map((session) => (
                <li key={session.id}>
                  <SessionCard session={session} as={page.as} />
                </li>
              ))}
            </SessionCards>
          )}
          {day.count > day.sessions.length ? (
            <Text size="sm" mt="xs">
              {day.count - day.sessions.length} more: choose a tutor, a program or a room to see all.
            </Text>
          ) : null}
        </section>
      ))}
    </Stack>
  );
}
