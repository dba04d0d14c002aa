import { Anchor, List, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { GuardianRow } from '#app/domain/people/guardian-queries.server.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { signsInWords } from '../record-forms/sign-in-panel.tsx';

interface Props {
  studentId: string;
  guardians: readonly GuardianRow[];
}

export function GuardiansPanel({ studentId, guardians }: Props) {
  return (
    <Panel
      title="Other guardians"
      aside={
        <Anchor component={Link} to={`/office/students/${studentId}/guardians`} size="sm">
          {guardians.length === 0 ? 'Add one' : 'Add or change'}
        </Anchor>
      }
    >
      {guardians.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody beside the client. A second parent sees the lessons here, and nothing of the money.
        </Text>
      ) : (
        <List size="sm" listStyleType="none" spacing={4}>
          {guardians.map((guardian) => (
            <List.Item key={guardian.clientId}>
              <Anchor component={Link} to={`/office/clients/${guardian.clientId}`} size="sm">
                {guardian.name}
              </Anchor>
              {guardian.relation ? `, ${guardian.relation}` : ''}
              <Text size="xs" c="dimmed">
                Signs in: {signsInWords[guardian.signsIn].toLowerCase()}.{' '}
                {guardian.getsMails ? 'Gets mails about lessons.' : 'Gets no mails.'}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </Panel>
  );
}
