import { NativeSelect, Textarea } from '@mantine/core';

interface Props {
  /** What whoever cancels may give, in the office's order. */
  choices: readonly { id: string; label: string }[];
  /** As typed before, where the form was refused. */
  values?: { reasonId?: string | undefined; reason?: string | undefined } | undefined;
  errors?: Record<string, string> | undefined;
  /** Where the words go. */
  description?: string;
}

/** Why something is cancelled: one of the list (field `reasonId`), and words of one's own (field `reason`). */
export function CancellationReasonFields({ choices, values, errors = {}, description }: Props) {
  return (
    <>
      {choices.length > 0 ? (
        <NativeSelect
          name="reasonId"
          label="Reason"
          defaultValue={values?.reasonId}
          error={errors.reasonId}
          data={[{ value: '', label: 'Not given' }, ...choices.map(({ id, label }) => ({ value: id, label }))]}
        />
      ) : null}
      <Textarea
        name="reason"
        label={choices.length > 0 ? 'In your own words' : 'Reason'}
        description={description}
        defaultValue={values?.reason}
        error={errors.reason}
        rows={2}
      />
    </>
  );
}
