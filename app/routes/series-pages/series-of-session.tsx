import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { SeriesOfSessionView } from './view-series-of-session.ts';

/** Which series a session is of, and whether it follows it. */
export function SeriesOfSession({ series }: { series: SeriesOfSessionView }) {
  return (
    <>
      <Anchor component={Link} to={`/office/series/${series.id}`} inherit underline="always">
        {series.rule}
      </Anchor>
      {series.instead ? (
        <Text span size="sm" c="dimmed">
          {' '}
          (changed by hand, instead of {series.instead})
        </Text>
      ) : null}
    </>
  );
}
