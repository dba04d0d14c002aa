import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import sections from '#app/ui/session-sections.module.css';
import { Section, type SectionAnswer } from '#app/ui/session-sections.tsx';
import type { CancellationView, LinkView } from './view-cancellation.ts';

interface Props {
  cancellation: CancellationView;
  answer: SectionAnswer | undefined;
  mayEdit: boolean;
}

/** Who cancelled and why, what took its place, and the way back for what was cancelled by mistake. */
export function CancellationPanel({ cancellation, answer, mayEdit }: Props) {
  const { said, replacedBy, replaces, restorable } = cancellation;
  const refused = answer?.intent === 'restore' ? answer : undefined;
  return (
    <Section id="cancellation" title={said.length > 0 ? 'Cancellation' : 'Where it came from'}>
      <Stack gap="sm">
        <ProblemAlert problem={refused?.problem} />
        {said.length > 0 ? (
          <ul className={sections.list}>
            {said.map((line) => (
              <li key={line.key}>
                <Text size="sm">
                  {line.who}{' '}
                  <Text span c="dimmed">
                    {line.text}
                  </Text>
                </Text>
              </li>
            ))}
          </ul>
        ) : null}
        <Links label="Booked again" links={replacedBy} />
        <Links label="In place of" links={replaces} />
        {mayEdit && restorable.length > 0 ? (
          <Group gap="xs">
            {restorable.map(({ studentIds, name }) => (
              <ConfirmButton
                key={name ?? 'all'}
                label={name ? `Bring ${name} back` : 'Take the cancellation back'}
                consequence={`${name ? `${name} is planned again` : 'It is planned again at its time'}, if nobody is taken then meanwhile. A late fee goes away, credits are booked again, and those concerned are told by mail.`}
                confirm={name ? `Bring ${name} back` : 'Take it back'}
                fields={{ intent: 'restore', studentId: studentIds[0] ?? '' }}
                align="start"
              />
            ))}
          </Group>
        ) : null}
      </Stack>
    </Section>
  );
}

function Links({ label, links }: { label: string; links: readonly LinkView[] }) {
  return links.map((link) => (
    <Text key={link.id} size="sm">
      {label}
      {link.whose ? ` for ${link.whose}` : ''}:{' '}
      <Anchor component={Link} to={link.href} inherit underline="always">
        {link.text}
      </Anchor>
    </Text>
  ));
}
