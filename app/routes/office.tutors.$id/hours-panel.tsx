import { Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { HoursSummary } from '#app/domain/scheduling/availability-queries.server.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Facts, Panel } from '#app/ui/record-facts.tsx';
import { minutesText } from '#app/ui/session-length.ts';

/** When the tutor can teach, in short; their own pages have the whole of it. */
export function HoursPanel({ hours, to }: { hours: HoursSummary; to: string }) {
  const { timeOff } = hours;
  return (
    <Panel
      title="Hours"
      aside={
        <Anchor component={Link} to={to} size="sm">
          {hours.isSet ? 'Hours and time off' : 'Set the hours'}
        </Anchor>
      }
    >
      <Facts
        rows={[
          ['In a week', hours.isSet ? `${minutesText(hours.minutesAWeek)} free to be booked` : 'Not set'],
          ['Other hours', hours.changesOn ? <LocalDate key="change" value={hours.changesOn} /> : null],
          [
            'Days that differ',
            hours.days > 0 ? (
              <Anchor key="days" component={Link} to={`${to}/days`} size="sm">
                {hours.days} ahead
              </Anchor>
            ) : null,
          ],
          [
            'Next time off',
            timeOff ? (
              <Anchor key="off" component={Link} to={`${to}/time-off`} size="sm">
                <LocalDate value={timeOff.wallStart.slice(0, 10)} />
                {timeOff.status === 'requested' ? ', asked for' : ''}
              </Anchor>
            ) : null,
          ],
        ]}
      />
    </Panel>
  );
}
