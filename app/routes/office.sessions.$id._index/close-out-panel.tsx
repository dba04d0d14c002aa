import { Alert, Group, Stack, Textarea } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import type { CloseOutView } from '#app/ui/session-detail.ts';
import { FactList } from '#app/ui/session-facts.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { CloseOutSection } from '#app/ui/session-record-sections.tsx';
import sections from '#app/ui/session-sections.module.css';
import { Labelled, type SectionAnswer } from '#app/ui/session-sections.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Steps } from './view-office-session.ts';

interface Props {
  closeOut: CloseOutView;
  meta: { status: string; privateNote: string; sentBackReason: string; submitted: string; approved: string | null };
  steps: Steps;
  answer: SectionAnswer | undefined;
  mayApprove: boolean;
}

/** What the tutor said took place, and the office's answer to it. */
export function CloseOutPanel({ closeOut, meta, steps, answer, mayApprove }: Props) {
  const sendBack = answer?.intent === 'send-back' ? answer : undefined;
  const form = useFocusFirstError(sendBack);
  return (
    <CloseOutSection closeOut={closeOut} title="Close-out">
      {meta.status === 'sent_back' ? (
        <Alert color="yellow" role="note" title="Sent back to the tutor">
          {meta.sentBackReason}
        </Alert>
      ) : null}
      <Labelled label="Private note for the office" text={meta.privateNote} />
      <FactList
        facts={[
          { label: 'Took place', value: closeOut.actual },
          { label: 'Miles', value: closeOut.miles ?? '' },
          { label: 'Closed out', value: meta.submitted },
          { label: 'Approved', value: meta.approved ?? '' },
        ]}
      />
      {mayApprove && (steps.approve || steps.sendBack) ? (
        <Stack gap="sm" align="flex-start">
          {steps.approve ? (
            <Form method="post">
              <SubmitButton name="intent" value="approve">
                Approve
              </SubmitButton>
            </Form>
          ) : null}
          {steps.sendBack ? (
            <details className={sections.more} open={sendBack !== undefined}>
              <summary>Send back to the tutor</summary>
              <Form method="post" ref={form} noValidate>
                <Stack gap="sm">
                  <ProblemAlert problem={sendBack?.problem} />
                  <Textarea
                    name="reason"
                    label="What should be changed?"
                    description="The tutor reads this. Until it is closed out again nothing is charged or paid."
                    defaultValue={sendBack?.values.reason}
                    error={sendBack?.problem.errors.reason}
                    rows={2}
                  />
                  <Group>
                    <SubmitButton name="intent" value="send-back" variant="default">
                      Send back
                    </SubmitButton>
                  </Group>
                </Stack>
              </Form>
            </details>
          ) : null}
        </Stack>
      ) : null}
    </CloseOutSection>
  );
}
