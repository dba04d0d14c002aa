import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { RequestDetail } from '#app/domain/requests/queries.server.ts';
import { Facts, Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';

interface Props {
  request: Pick<RequestDetail, 'studentId' | 'studentName' | 'studentArchived' | 'clientId' | 'clientName'>;
  contacts: { email: string | null; phone: string | null; prospect: boolean; archived: boolean };
}

/** Whom it is for and whom to ring. */
export function WhoPanel({ request, contacts }: Props) {
  return (
    <Panel title="Who it is for">
      <Facts
        rows={[
          [
            'Student',
            request.studentId ? (
              <span key="student">
                <Anchor component={Link} to={`/office/students/${request.studentId}`} size="sm">
                  {request.studentName}
                </Anchor>
                {request.studentArchived ? <StatusBadge label="Archived" tone="quiet" /> : null}
              </span>
            ) : null,
          ],
          [
            'Client',
            request.clientId ? (
              <span key="client">
                <Anchor component={Link} to={`/office/clients/${request.clientId}`} size="sm">
                  {request.clientName}
                </Anchor>{' '}
                {contacts.prospect ? <StatusBadge label="Prospect" tone="quiet" /> : null}
              </span>
            ) : null,
          ],
          [
            'Phone',
            contacts.phone ? (
              <Anchor key="phone" href={`tel:${contacts.phone.replace(/[^+\d]/g, '')}`} size="sm">
                {contacts.phone}
              </Anchor>
            ) : null,
          ],
          [
            'E-mail',
            contacts.email ? (
              <Anchor key="email" href={`mailto:${contacts.email}`} size="sm">
                {contacts.email}
              </Anchor>
            ) : null,
          ],
        ]}
      />
      {request.studentArchived ? (
        <Text size="sm" c="dimmed">
          The student was archived since. Bring them back, or close the request.
        </Text>
      ) : null}
    </Panel>
  );
}
