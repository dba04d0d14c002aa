import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { useState } from 'react';
import { WEEKDAYS } from '#app/domain/scheduling/recurrence.ts';
import { weekdayName } from '#app/domain/scheduling/repeat.ts';
import type { RepeatValues } from './repeat-values.ts';
import styles from './series-pages.module.css';

interface Props {
  values: RepeatValues;
  errors: Record<string, string>;
  /** What the first choice is: not to repeat, or to repeat as before. */
  none: string;
  /** Of a series that is changed: its end may stay as it is. */
  keepEnd?: string;
  onChange?: (repeats: boolean) => void;
}

/** How something repeats and until when. Before the script has loaded all fields are there, since any may be needed. */
export function RepeatFields({ values, errors, none, keepEnd, onChange }: Props) {
  const mounted = useMounted();
  const [repeat, setRepeat] = useState<string>(values.repeat);
  const [ends, setEnds] = useState<string>(values.ends);
  const byWeek = !mounted || repeat === 'weekly' || repeat === 'fortnightly';
  const more = !mounted || repeat !== '' || keepEnd !== undefined;
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>Repeat</legend>
      <div className={styles.fields}>
        <NativeSelect
          name="repeat"
          label="How often"
          defaultValue={values.repeat}
          onChange={({ currentTarget: { value } }) => {
            setRepeat(value);
            onChange?.(value !== '');
          }}
          error={errors.repeat ?? errors.rrule}
          data={[
            { value: '', label: none },
            { value: 'weekly', label: 'Every week' },
            { value: 'fortnightly', label: 'Every second week' },
            { value: 'monthly_day', label: 'Every month on the same date' },
            { value: 'monthly_weekday', label: 'Every month on the same weekday (the 2nd Tuesday)' },
            { value: 'monthly_last_weekday', label: 'Every month on the last such weekday' },
          ]}
        />
        {more ? (
          <NativeSelect
            name="ends"
            label="Ends"
            defaultValue={values.ends}
            onChange={({ currentTarget: { value } }) => setEnds(value)}
            data={[
              ...(keepEnd === undefined ? [] : [{ value: '', label: keepEnd }]),
              { value: 'open', label: 'When somebody stops it' },
              { value: 'until', label: 'On a day' },
              { value: 'count', label: 'After a number of sessions' },
            ]}
          />
        ) : null}
        {more && (!mounted || ends === 'until') ? (
          <TextInput
            type="date"
            name="until"
            label="Last day"
            defaultValue={values.until}
            error={errors.until ?? errors.untilOn}
          />
        ) : null}
        {more && (!mounted || ends === 'count') ? (
          <TextInput
            name="count"
            label={keepEnd === undefined ? 'Number of sessions' : 'Number of sessions from the first changed one on'}
            inputMode="numeric"
            defaultValue={values.count}
            error={errors.count ?? errors.occurrences}
          />
        ) : null}
      </div>
      {byWeek && more ? (
        <Checkbox.Group label="On" description="None chosen: the weekday of the date" defaultValue={values.weekdays} mt="sm">
          <Group gap="sm" mt={6}>
            {WEEKDAYS.map((weekday) => (
              <Checkbox
                key={weekday}
                name="weekdays"
                value={weekday}
                label={weekdayName(weekday).slice(0, 3)}
                aria-label={weekdayName(weekday)}
              />
            ))}
          </Group>
        </Checkbox.Group>
      ) : null}
    </fieldset>
  );
}
