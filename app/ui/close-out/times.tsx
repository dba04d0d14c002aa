import { Text, TextInput } from '@mantine/core';
import type { CloseOutValues } from '../session-close-out-values.ts';
import styles from './close-out-form.module.css';
import { MilesInput } from './miles-input.tsx';

interface TimesProps {
  values: CloseOutValues;
  errors: Record<string, string>;
  /** Where the times are meant, when it isn't where the reader is; else empty. */
  zoneText: string;
  /** The plan holds: a tutor can't say otherwise. */
  locked: boolean;
  /** Billed and paid minutes are told apart. */
  twoDurations: boolean;
  /** A visit: miles are asked for. */
  inPerson: boolean;
  milesSuggested: { miles: string; text: string } | undefined;
}

/** When it began, how long it was, and the way there. */
export function Times({ values, errors, zoneText, locked, twoDurations, inPerson, milesSuggested }: TimesProps) {
  return (
    <div>
      <div className={styles.times}>
        <TextInput
          type="datetime-local"
          name="actualWallStart"
          label={`Actual start${zoneText}`}
          defaultValue={values.actualWallStart}
          error={errors.actualWallStart}
          readOnly={locked}
          size="md"
        />
        <TextInput
          type="number"
          inputMode="numeric"
          min={0}
          max={1440}
          name="actualMinutes"
          label={twoDurations ? 'Minutes to bill' : 'Minutes taught'}
          defaultValue={values.actualMinutes}
          error={errors.actualMinutes}
          readOnly={locked}
          size="md"
        />
        {twoDurations ? (
          <TextInput
            type="number"
            inputMode="numeric"
            min={0}
            max={1440}
            name="paidMinutes"
            label="Minutes you are paid for"
            description="Leave empty where they are the same"
            defaultValue={values.paidMinutes}
            error={errors.paidMinutes}
            readOnly={locked}
            size="md"
          />
        ) : null}
        {inPerson ? <MilesInput value={values.miles} error={errors.miles} suggested={milesSuggested} /> : null}
      </div>
      {locked ? (
        <Text size="sm" c="dimmed" mt={6}>
          The planned start and length hold. If it was otherwise, tell the office in the private note.
        </Text>
      ) : null}
    </div>
  );
}
