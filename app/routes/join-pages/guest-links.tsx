import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import sections from '#app/ui/session-sections.module.css';
import { Section, type SectionAnswer } from '#app/ui/session-sections.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { GuestLinkView } from './load-online-part.server.ts';

interface Props {
  guests: readonly GuestLinkView[];
  formId: string;
  answer: SectionAnswer | undefined;
}

/** A way in for who has no account: to copy, to mail, to take back. */
export function GuestLinks({ guests, formId, answer }: Props) {
  if (guests.length === 0) return null;
  const refused = answer?.intent === 'guest-mail' || answer?.intent === 'guest-take-back' ? answer : undefined;
  return (
    <Section id="guests" title="Join without an account">
      <ProblemAlert problem={refused?.problem} />
      <Text size="sm" c="dimmed">
        A link for each student that opens the room of this session and nothing else.
      </Text>
      <details className={sections.more} open={refused !== undefined}>
        <summary>{guests.length === 1 ? 'Show the link' : `Show ${guests.length} links`}</summary>
        <Stack gap="lg">
          {guests.map((guest) => (
            <GuestLink key={guest.attendanceId} guest={guest} formId={formId} />
          ))}
        </Stack>
      </details>
    </Section>
  );
}

function GuestLink({ guest, formId }: { guest: GuestLinkView; formId: string }) {
  const { studentName, url, mailTo, mailed, hasAccount, attendanceId, joinPass } = guest;
  return (
    <Stack gap={6} align="flex-start">
      <Group gap="xs" align="flex-end" w="100%" wrap="nowrap">
        <TextInput
          label={studentName}
          description={hasAccount ? 'Can sign in, and needs no link' : undefined}
          value={url}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
          flex={1}
        />
        <CopyButton text={url} label={studentName} />
      </Group>
      <Group gap="xs">
        {mailTo ? (
          <Form method="post">
            <input type="hidden" name="formId" value={formId} />
            <input type="hidden" name="attendanceId" value={attendanceId} />
            <SubmitButton name="intent" value="guest-mail" variant="default" size="xs">
              {mailed ? 'Mail it again' : 'Mail it'}
            </SubmitButton>
          </Form>
        ) : null}
        <ConfirmButton
          label="Take back"
          size="xs"
          align="start"
          consequence={`The link that ${studentName} may have no longer opens the room. A new one takes its place here.`}
          confirm="Take the link back"
          fields={{ intent: 'guest-take-back', attendanceId, joinPass: String(joinPass) }}
        />
      </Group>
      <Text size="xs" c="dimmed">
        {mailTo ? `To ${mailTo}${mailed ? `; mailed ${mailed}` : ''}` : 'No address is known: copy it and hand it on.'}
      </Text>
    </Stack>
  );
}

/** There with a script only; without one the link is selected and copied by hand. */
function CopyButton({ text, label }: { text: string; label: string }) {
  const [can, setCan] = useState(false);
  const [done, setDone] = useState(false);
  useEffect(() => setCan(navigator.clipboard !== undefined), []);
  if (!can) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => setCan(false),
    );
  return (
    <Button variant="default" onClick={copy} aria-label={`Copy the link of ${label}`}>
      <span role="status">{done ? 'Copied' : 'Copy'}</span>
    </Button>
  );
}
