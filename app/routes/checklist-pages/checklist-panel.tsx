import { Alert, Anchor, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { Form, Link, useSearchParams } from '@remix-run/react';
import type { ChecklistRole } from '#app/domain/checklists/checklist.schema.ts';
import type { ChecklistLine } from '#app/domain/checklists/checklist-queries.server.ts';
import type { TutorStatus } from '#app/domain/people/tutor-status.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChecklistLines } from './checklist-lines.tsx';

interface Props {
  of: ChecklistRole;
  personId: string;
  lines: readonly ChecklistLine[];
  children?: React.ReactNode;
}

/** Somebody's checklist on their page in the office; nothing where no list is kept for their role. */
export function ChecklistPanel({ of: role, personId, lines, children }: Props) {
  if (lines.length === 0 && !children) return null;
  const done = lines.filter((line) => line.done).length;
  const path = { tutor: 'tutors', client: 'clients', student: 'students' }[role];
  const list = (
    <ChecklistLines
      role={role}
      personId={personId}
      lines={lines}
      as="office"
      action="/office/checklist"
      back={`/office/${path}/${personId}`}
    />
  );
  return (
    <Panel
      title="Checklist"
      aside={
        lines.length > 0 ? (
          <Text size="sm" c="dimmed">
            {done} of {lines.length}
          </Text>
        ) : null
      }
    >
      {done === lines.length && done > 0 ? (
        <details>
          <summary>
            <Text span size="sm">
              All of it is done
            </Text>
          </summary>
          <Stack pt="xs">{list}</Stack>
        </details>
      ) : (
        list
      )}
      {children}
    </Panel>
  );
}

interface OnboardingProps {
  tutor: { id: string; status: TutorStatus; email: string | null; userEmail: string | null; archivedAt: Date | null };
  lines: readonly ChecklistLine[];
  mayInvite: boolean;
  /** Others with the same e-mail address. */
  same: readonly { id: string; name: string; ref: string }[];
}

/** A tutor's checklist, and for whoever is not at work yet the next step: from applicant to active. */
export function OnboardingPanel({ tutor, lines, mayInvite, same }: OnboardingProps) {
  const [params] = useSearchParams();
  const steps = tutor.archivedAt ? null : tutor.status === 'applicant' ? (
    <Applicant tutor={tutor} mayInvite={mayInvite} same={same} />
  ) : tutor.status === 'onboarding' ? (
    <Onboarding tutor={tutor} missing={lines.filter((line) => !line.done && line.fact !== 'has_booking')} />
  ) : null;
  return (
    <ChecklistPanel of="tutor" personId={tutor.id} lines={lines}>
      {params.get('invited') === 'no' && !tutor.userEmail ? (
        <Alert color="yellow" variant="light" role="status">
          Taken on, but not invited: somebody signs in with this address already. Look under{' '}
          <Anchor component={Link} to="/office/settings/users" size="sm">
            Users
          </Anchor>
          , and tie that account to this tutor.
        </Alert>
      ) : null}
      {steps}
    </ChecklistPanel>
  );
}

const path = (id: string) => `/office/tutors/${id}/onboarding`;

function Applicant({ tutor, mayInvite, same }: Omit<OnboardingProps, 'lines'>) {
  const invitable = mayInvite && tutor.email && !tutor.userEmail;
  return (
    <>
      {same.length > 0 ? (
        <Text size="sm">
          Has the same e-mail address as{' '}
          {same.map((other, at) => (
            <span key={other.id}>
              {at > 0 ? ', ' : ''}
              <Anchor component={Link} to={`/office/tutors/${other.id}`} size="sm">
                {other.name} ({other.ref})
              </Anchor>
            </span>
          ))}
          : perhaps the same person. Nobody has checked the address.
        </Text>
      ) : null}
      <Form method="post" action={path(tutor.id)} preventScrollReset>
        <Stack gap="xs">
          {invitable ? (
            <Checkbox name="invite" label={`Invite them to sign in (${tutor.email})`} defaultChecked={same.length === 0} />
          ) : null}
          <Group gap="sm">
            <SubmitButton name="to" value="onboarding">
              Take on
            </SubmitButton>
          </Group>
        </Stack>
      </Form>
      <details>
        <summary>
          <Text span size="sm">
            Turn down
          </Text>
        </summary>
        <Form method="post" action={path(tutor.id)} preventScrollReset>
          <Group gap="sm" align="flex-end" pt="xs">
            <TextInput name="reason" label="Why (for the office)" maxLength={500} flex="1 1 12rem" />
            <Button type="submit" name="to" value="left" variant="default">
              Turn down
            </Button>
          </Group>
        </Form>
      </details>
    </>
  );
}

/** A first session comes after: nobody is booked before they are active. */
function Onboarding({ tutor, missing }: { tutor: OnboardingProps['tutor']; missing: readonly ChecklistLine[] }) {
  return (
    <Form method="post" action={path(tutor.id)} preventScrollReset>
      <Stack gap="xs">
        {missing.length > 0 ? (
          <Text size="sm">
            {missing.length === 1 ? 'One thing is' : `${missing.length} things are`} missing:{' '}
            {missing.map((line) => line.label).join(', ')}.
          </Text>
        ) : null}
        <Group gap="sm">
          <SubmitButton name="to" value="active" variant={missing.length > 0 ? 'default' : 'filled'}>
            {missing.length > 0 ? 'Make active all the same' : 'Make active'}
          </SubmitButton>
        </Group>
      </Stack>
    </Form>
  );
}
