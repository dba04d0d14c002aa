import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Section } from '#app/ui/session-sections.tsx';
import { ChangeList } from '../policy-pages/change-list.tsx';
import type { rulesOfSession } from '../policy-pages/rules-of-session.server.ts';

/** The rules that the session was booked by, where they differ from today's, and what is to be made up for in it. */
export function RulesPanel({ rules }: { rules: Awaited<ReturnType<typeof rulesOfSession>> }) {
  return (
    <Section id="rules" title="Rules it was booked by">
      <Stack gap="sm">
        {rules.waived.map((line) => (
          <Alert key={line.text} color="gray" variant="light" role="note" title={line.text}>
            {line.link ? (
              <Anchor component={Link} to={line.link.to} size="sm">
                {line.link.text}
              </Anchor>
            ) : null}
          </Alert>
        ))}
        <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {rules.lines.map((line) => (
            <Text key={line.rule} component="li" size="sm">
              {line.text}
            </Text>
          ))}
        </Stack>
        {rules.changed.length > 0 ? (
          <details>
            <summary style={{ cursor: 'pointer', fontSize: 'var(--mantine-font-size-sm)' }}>What is different now</summary>
            <ChangeList changes={rules.changed} none="" words={['This session', 'Now']} />
          </details>
        ) : (
          <Text size="sm" c="dimmed">
            They still hold for what is booked now.
          </Text>
        )}
      </Stack>
    </Section>
  );
}
