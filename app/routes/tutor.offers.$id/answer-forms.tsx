import { NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { Form } from '@remix-run/react';
import { DECLINE_REASONS } from '#app/domain/offers/decline-reasons.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { TutorOfferView } from '../offer-pages/tutor-offer-view.ts';
import type { AnswerProblem } from './read-answer.ts';

interface Props {
  offer: TutorOfferView;
  problem: AnswerProblem | undefined;
}

/** Yes with one tap; no with a reason. */
export function AnswerForms({ offer, problem }: Props) {
  const form = useFocusFirstError(problem?.error ? problem : undefined);
  return (
    <Stack gap="md" maw={420}>
      <Form method="post">
        <SubmitButton name="answer" value="accept" size="md" fullWidth>
          Accept
        </SubmitButton>
        <Text size="xs" c="dimmed" mt={6}>
          You are engaged to teach {offer.student}; the office and the family are told. The first session is planned next.
        </Text>
      </Form>
      <details open={problem?.error ? true : undefined}>
        <summary style={{ cursor: 'pointer', minHeight: 44, alignContent: 'center' }}>Decline</summary>
        <Form method="post" ref={form} noValidate>
          <Stack gap="sm" mt="xs">
            <NativeSelect
              name="reason"
              label="Why"
              defaultValue={problem?.reason ?? ''}
              error={problem?.error}
              withAsterisk
              data={[{ value: '', label: 'Choose' }, ...DECLINE_REASONS]}
            />
            <Textarea
              name="note"
              label="Anything the office should know"
              description="Such as the times that would suit"
              rows={3}
              maxLength={500}
              defaultValue={problem?.note ?? ''}
            />
            <SubmitButton name="answer" value="decline" variant="default" size="md">
              Decline
            </SubmitButton>
          </Stack>
        </Form>
      </details>
    </Stack>
  );
}
