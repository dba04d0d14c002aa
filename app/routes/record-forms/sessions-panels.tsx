import { Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import { type RecordSession, RecordSessions } from '#app/ui/record-sessions.tsx';

interface Props {
  sessions: { upcoming: RecordSession[]; past: RecordSession[]; now: Date };
  of: 'tutor' | 'student' | 'client';
  book: string;
}

/** What lies ahead and what was, on the page of a person. */
export function SessionsPanels({ sessions: { upcoming, past, now }, of, book }: Props) {
  return (
    <>
      <Panel
        title="Upcoming sessions"
        aside={
          <Anchor component={Link} to={book} size="sm">
            Book a session
          </Anchor>
        }
      >
        <RecordSessions caption="Upcoming sessions" sessions={upcoming} of={of} now={now} none="Nothing is planned." />
      </Panel>
      <Panel title="Past sessions">
        <RecordSessions caption="Past sessions" sessions={past} of={of} now={now} none="There were none yet." />
      </Panel>
    </>
  );
}
