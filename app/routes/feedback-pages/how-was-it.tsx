import { Alert, Anchor, Stack } from '@mantine/core';
import { Link } from '@remix-run/react';

export interface ToRateView {
  key: string;
  href: string;
  text: string;
}

/** The latest lessons of which nothing was said yet, each one tap away from saying it. */
export function HowWasIt({ lessons }: { lessons: readonly ToRateView[] }) {
  if (lessons.length === 0) return null;
  return (
    <Alert color="gray" variant="light" role="note" title="How was it?">
      <Stack gap={4} align="flex-start">
        {lessons.map(({ key, href, text }) => (
          <Anchor key={key} component={Link} to={href} inherit>
            {text}
          </Anchor>
        ))}
      </Stack>
    </Alert>
  );
}
