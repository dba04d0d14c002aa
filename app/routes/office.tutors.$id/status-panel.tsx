import { Alert, Anchor, Group, Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { StillPlanned } from '#app/domain/people/tutor-planned.server.ts';
import { TUTOR_STATUSES, type TutorStatus, tutorStatusHints, tutorStatusNames } from '#app/domain/people/tutor-status.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

interface Props {
  tutor: { id: string; name: string; status: TutorStatus };
  archived: boolean;
  planned: StillPlanned | undefined;
}

/** Where the tutor stands, with what that means, and what of it has to be dealt with. */
export function StatusPanel({ tutor, archived, planned }: Props) {
  return (
    <Panel title="Status">
      {archived ? (
        <Text size="sm">{tutorStatusNames[tutor.status]}, and archived.</Text>
      ) : (
        <>
          <Form method="post" preventScrollReset key={tutor.status}>
            <input type="hidden" name="intent" value="status" />
            <Group gap="sm" align="flex-end">
              <ChoiceSelect
                name="status"
                aria-label="Status"
                defaultValue={tutor.status}
                choices={TUTOR_STATUSES.map((id) => ({ id, name: tutorStatusNames[id] }))}
                flex="1 1 10rem"
              />
              <SubmitButton variant="default">Save</SubmitButton>
            </Group>
          </Form>
          <Text size="sm" c="dimmed">
            {tutorStatusHints[tutor.status]}
          </Text>
        </>
      )}
      {planned && (tutor.status === 'left' || tutor.status === 'dormant') ? (
        <StillPlannedAlert tutor={tutor} planned={planned} />
      ) : null}
    </Panel>
  );
}

function StillPlannedAlert({ tutor, planned }: { tutor: Props['tutor']; planned: StillPlanned }) {
  const days = new URLSearchParams({ from: planned.firstDay, to: planned.lastDay });
  const one = planned.sessions === 1;
  return (
    <Alert
      color="yellow"
      variant="light"
      title={`${planned.sessions} session${one ? ' is' : 's are'} still planned with ${tutor.name}`}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Anchor component={Link} to={`/office/tutors/${tutor.id}/absence?${days}`} size="sm">
        Find substitutes, move or cancel {one ? 'it' : 'them'}
      </Anchor>
      {' or '}
      <Anchor component={Link} to={`/office/sessions?tutor=${tutor.id}&from=${planned.firstDay}`} size="sm">
        see {one ? 'it' : 'them'} in the list
      </Anchor>
      .{' '}
      {planned.series > 0 ? (
        <Anchor component={Link} to={`/office/series?${new URLSearchParams({ q: tutor.name })}`} size="sm">
          {planned.series === 1 ? 'One series is' : `${planned.series} series are`} not ended.
        </Anchor>
      ) : null}
    </Alert>
  );
}
