import { Checkbox, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

interface Props {
  clients: readonly { id: string; name: string }[];
  answer: RecordAnswer | undefined;
}

const labels = {
  clientId: 'Somebody who is here already',
  name: 'Or somebody new',
  email: 'E-mail',
  phone: 'Phone',
  relation: 'Relation',
};

export function AddGuardian({ clients, answer }: Props) {
  const form = useFocusFirstError(answer);
  const { field, chosen } = recordFields({ getsMails: ['on'] }, answer);
  return (
    <Panel title="Add a guardian">
      <Form method="post" ref={form} noValidate>
        <Stack gap="sm">
          <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
          <ChoiceSelect {...field('clientId')} label={labels.clientId} choices={clients} none="Nobody: somebody new" />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput {...field('name')} label={labels.name} autoComplete="off" placeholder="Name" />
            <TextInput
              {...field('relation')}
              label={labels.relation}
              placeholder="Father, grandmother, guardian"
              autoComplete="off"
            />
            <TextInput {...field('email')} type="email" label={labels.email} autoComplete="off" />
            <TextInput {...field('phone')} type="tel" label={labels.phone} autoComplete="off" />
          </SimpleGrid>
          <Checkbox name="getsMails" defaultChecked={chosen('getsMails', 'on')} label="Gets mails about lessons" />
          <div>
            <SubmitButton name="intent" value="add">
              Add the guardian
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  );
}
