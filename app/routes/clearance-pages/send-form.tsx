import { Checkbox, Input, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { acceptOf, type FileType, labelsOf } from '#app/domain/files/file-types.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

interface Props {
  id: string;
  /** The kinds to choose from, and the one asked for by a link. */
  types: readonly { id: string; name: string }[];
  typeId: string;
  /** The types of files that are taken. */
  taken: readonly FileType[];
  answer: RecordAnswer | undefined;
  as: 'office' | 'tutor';
}

const labels = { typeId: 'What it is', number: 'Number', issuedOn: 'Issued on', expiresOn: 'Good until', file: 'The paper' };

/** A clearance with its paper: the tutor sends it in, the office keeps what it was shown. Works without a script. */
export function SendClearanceForm({ id, types, typeId, taken, answer, as }: Props) {
  const form = useFocusFirstError(answer);
  const { field } = recordFields({ typeId: [typeId] }, answer);
  return (
    <Form method="post" ref={form} encType="multipart/form-data" noValidate>
      <input type="hidden" name="id" value={answer?.values.id?.[0] ?? id} readOnly />
      <Stack gap="sm">
        <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <ChoiceSelect {...field('typeId')} choices={types} label={labels.typeId} none="Choose" withAsterisk required />
          <FilePicker error={answer?.errors.file} taken={taken} required={as === 'tutor'} />
          <TextInput {...field('issuedOn')} type="date" label={labels.issuedOn} />
          <TextInput {...field('expiresOn')} type="date" label={labels.expiresOn} description="If the paper says so" />
          <TextInput {...field('number')} label={labels.number} autoComplete="off" description="If there is one on it" />
        </SimpleGrid>
        {as === 'office' ? (
          <Checkbox
            name="checked"
            label="Checked: it is in order and counts from now on"
            defaultChecked={answer ? answer.values.checked?.[0] === 'on' : true}
          />
        ) : null}
        <div>
          <SubmitButton>{as === 'office' ? 'Add clearance' : 'Send to the office'}</SubmitButton>
        </div>
      </Stack>
    </Form>
  );
}

function FilePicker({ error, taken, required }: { error: string | undefined; taken: readonly FileType[]; required: boolean }) {
  return (
    <Input.Wrapper
      id="file"
      label={labels.file}
      description={`${labelsOf(taken)}; a photo will do`}
      error={error}
      withAsterisk={required}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      <Input
        id="file"
        name="file"
        type="file"
        accept={acceptOf(taken)}
        error={Boolean(error)}
        styles={{ input: { paddingTop: 6 } }}
      />
    </Input.Wrapper>
  );
}
