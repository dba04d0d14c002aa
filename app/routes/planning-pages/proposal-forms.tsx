import { Group, Paper, Radio, Stack, Textarea, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { RequestView } from './request-view.ts';

interface Props {
  request: RequestView;
  answer: { problem: FormProblem; note: string } | undefined;
  /** Who pays takes a new session's time; a student tells them. */
  mayTake: boolean;
}

/** For whoever asked: the times that are offered, and the way to take the request back. */
export function ProposalForms({ request, answer, mayTake }: Props) {
  const form = useFocusFirstError(answer);
  return (
    <Stack gap="lg">
      <ProblemAlert problem={answer?.problem} />
      {request.proposed ? (
        <Paper withBorder p="md" radius="md" component="section" aria-labelledby="offered">
          <Title order={2} id="offered" mb="sm">
            Choose a time
          </Title>
          <Form method="post" ref={form}>
            <Stack gap="md">
              <Radio.Group name="take" label="Offered" error={answer?.problem.errors.take}>
                <Stack gap="xs" mt={6}>
                  {request.proposals.map((proposal) => (
                    <Radio
                      key={proposal.value}
                      value={proposal.value}
                      disabled={!mayTake}
                      label={proposal.tutor ? `${proposal.when} with ${proposal.tutor}` : proposal.when}
                    />
                  ))}
                </Stack>
              </Radio.Group>
              <Textarea name="note" label="If none suits: what would?" rows={2} defaultValue={answer?.note} />
              <Group gap="sm">
                {mayTake ? (
                  <SubmitButton name="intent" value="take">
                    Take this time
                  </SubmitButton>
                ) : null}
                <SubmitButton name="intent" value="none" variant="default">
                  None suits
                </SubmitButton>
              </Group>
            </Stack>
          </Form>
        </Paper>
      ) : null}
      <div>
        <ConfirmButton
          label="Withdraw"
          align="start"
          consequence="Takes back what was asked for. A session that is planned stays as it is."
          confirm="Withdraw the request"
          fields={{ intent: 'withdraw' }}
        />
      </div>
    </Stack>
  );
}
