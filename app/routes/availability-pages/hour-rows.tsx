import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconPlus, IconX } from '@tabler/icons-react';
import { Fragment } from 'react';
import { DAY_MINUTES } from '#app/domain/scheduling/week-plan.ts';
import { type HourRow, rowField, spanOfTimes } from '#app/domain/scheduling/week-rows.ts';
import styles from './hour-rows.module.css';

interface HourRowsProps {
  rows: readonly HourRow[];
  weekdays: readonly { weekday: number; short: string; long: string }[];
  errors: Record<string, string>;
  /** Each line says whether it is wished for, or merely possible. */
  marked?: boolean;
  /** Said of a day without a line. */
  none?: string;
  onChange: (rows: HourRow[]) => void;
}

const BLANK = { from: '', to: '' };

/** The hours line by line, as plain fields: for the keyboard, for exact times, and without a script. */
export function HourRows({ rows, weekdays, errors, marked = false, none = 'No hours', onChange }: HourRowsProps) {
  const mounted = useMounted();
  const linesOf = (weekday: number) => rows.filter((row) => row.weekday === weekday);
  const setDay = (weekday: number, lines: HourRow[]) =>
    onChange([...rows.filter((row) => row.weekday !== weekday), ...lines].sort((a, b) => a.weekday - b.weekday));
  return (
    <div className={styles.days}>
      {weekdays.map(({ weekday, short, long }) => {
        const lines = linesOf(weekday);
        const set = (index: number, change: Partial<HourRow>) =>
          setDay(
            weekday,
            lines.map((line, at) => (at === index ? { ...line, ...change } : line)),
          );
        return (
          <fieldset key={weekday} className={styles.day}>
            <VisuallyHidden component="legend">{long}</VisuallyHidden>
            <span className={styles.name} aria-hidden>
              {short}
            </span>
            <div className={styles.lines}>
              {lines.map((line, index) => (
                <div key={rowField('from', weekday, index)} className={styles.line}>
                  <Times line={line} index={index} day={long} errors={errors} onChange={(change) => set(index, change)} />
                  {marked ? <Mark line={line} day={long} onChange={(wished) => set(index, { wished })} /> : null}
                  {mounted ? (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size={36}
                      aria-label={`Remove ${long} ${line.from}`}
                      onClick={() =>
                        setDay(
                          weekday,
                          lines.filter((_, at) => at !== index),
                        )
                      }
                    >
                      <IconX size={16} aria-hidden />
                    </ActionIcon>
                  ) : null}
                </div>
              ))}
              {lines.length === 0 ? <span className={styles.none}>{none}</span> : null}
              <noscript>
                <div className={styles.line}>
                  <Times line={{ weekday, ...BLANK }} index={lines.length} day={long} errors={{}} />
                  {marked ? <Mark line={{ weekday, ...BLANK }} day={long} /> : null}
                </div>
              </noscript>
            </div>
            {mounted ? (
              <ActionIcon
                variant="subtle"
                size={36}
                aria-label={`Add hours on ${long}`}
                onClick={() => setDay(weekday, [...lines, { weekday, ...nextHours(lines.at(-1)) }])}
              >
                <IconPlus size={18} aria-hidden />
              </ActionIcon>
            ) : null}
          </fieldset>
        );
      })}
    </div>
  );
}

function Mark({ line, day, onChange }: { line: HourRow; day: string; onChange?: (wished: boolean) => void }) {
  return (
    <select
      name={`mark.${line.weekday}`}
      className={`${styles.time} ${styles.mark}`}
      aria-label={`${day} ${line.from}: wished or possible`}
      {...(onChange
        ? {
            value: line.wished ? 'wished' : 'possible',
            onChange: ({ currentTarget: { value } }) => onChange(value === 'wished'),
          }
        : { defaultValue: 'possible' })}
    >
      <option value="possible">possible</option>
      <option value="wished">wished</option>
    </select>
  );
}

interface TimesProps {
  line: HourRow;
  index: number;
  day: string;
  errors: Record<string, string>;
  onChange?: (change: Partial<HourRow>) => void;
}

function Times({ line, index, day, errors, onChange }: TimesProps) {
  const span = spanOfTimes(line.from, line.to);
  const overnight = span !== undefined && 'endMinute' in span && span.endMinute > DAY_MINUTES;
  return (
    <>
      {(['from', 'to'] as const).map((at) => {
        const id = rowField(at, line.weekday, index);
        return (
          <Fragment key={at}>
            {at === 'to' ? <span aria-hidden>–</span> : null}
            <input
              type="time"
              id={id}
              name={`${at}.${line.weekday}`}
              className={styles.time}
              aria-label={`${day} ${at}`}
              aria-invalid={errors[id] ? true : undefined}
              aria-describedby={errors[id] ? `${id}-error` : undefined}
              {...(onChange
                ? { value: line[at], onChange: ({ currentTarget: { value } }) => onChange({ [at]: value }) }
                : { defaultValue: line[at] })}
            />
          </Fragment>
        );
      })}
      {overnight ? <span className={styles.note}>ends on the next day</span> : null}
      {(['from', 'to'] as const).map((at) => {
        const id = rowField(at, line.weekday, index);
        return errors[id] ? (
          <span key={at} id={`${id}-error`} className={styles.error}>
            {errors[id]}
          </span>
        ) : null;
      })}
    </>
  );
}

/** A likely line to begin with: the afternoon, or an hour after the day's last one. */
function nextHours(last: HourRow | undefined): { from: string; to: string } {
  const hour = Number(last?.to.slice(0, 2));
  if (!last || Number.isNaN(hour) || hour < 1 || hour > 21) return last ? BLANK : { from: '15:00', to: '19:00' };
  const text = (at: number) => `${String(at).padStart(2, '0')}:00`;
  return { from: text(hour + 1), to: text(hour + 2) };
}
