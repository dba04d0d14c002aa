import { Anchor, Checkbox, Group, Text, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { GuardianRow } from '#app/domain/people/guardian-queries.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { signsInWords } from '../record-forms/sign-in-panel.tsx';

export function GuardianCard({ guardian, mayInvite }: { guardian: GuardianRow; mayInvite: boolean }) {
  const { clientId, name, relation, email, phone, getsMails, signsIn } = guardian;
  return (
    <Panel
      title={name}
      aside={
        <Anchor component={Link} to={`/office/clients/${clientId}`} size="sm">
          Name and contact
        </Anchor>
      }
    >
      <Text size="sm" c="dimmed">
        {[email, phone].filter(Boolean).join(', ') || 'No e-mail address and no phone'}. Signs in:{' '}
        {signsInWords[signsIn].toLowerCase()}.
      </Text>
      <Form method="post" key={`${relation} ${getsMails}`}>
        <input type="hidden" name="clientId" value={clientId} />
        <Group gap="md" align="flex-end">
          <TextInput name="relation" label="Relation" defaultValue={relation} maxLength={60} />
          <Checkbox name="getsMails" defaultChecked={getsMails} label="Gets mails about lessons" mb={8} />
          <SubmitButton name="intent" value="edit" variant="default">
            Save
          </SubmitButton>
        </Group>
      </Form>
      <Group gap="xs">
        {signsIn === 'no' && mayInvite && email ? (
          <Form method="post">
            <input type="hidden" name="clientId" value={clientId} />
            <SubmitButton name="intent" value="invite" variant="default">
              Invite to sign in
            </SubmitButton>
          </Form>
        ) : null}
        <ConfirmButton
          label="Remove"
          consequence={`${name} sees nothing of this student any more, at once, and gets no mails about the lessons. Their record as a client stays.`}
          confirm="Remove the guardian"
          fields={{ intent: 'remove', clientId }}
          align="start"
        />
      </Group>
    </Panel>
  );
}
