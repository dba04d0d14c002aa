import { Text } from '@mantine/core';
import styles from './close-out-form.module.css';

interface RatingInputProps {
  name: string;
  legend: string;
  /** What 1 to 5 mean, in this order. */
  words: readonly string[];
  value: string;
  hint?: string;
  error?: string | undefined;
}

/** One of five, each a square to tap, and a way to take it back. */
export function RatingInput({ name, legend, words, value, hint, error }: RatingInputProps) {
  const choices = [{ value: '', label: '–', word: 'not said' }].concat(
    words.map((word, index) => ({ value: String(index + 1), label: String(index + 1), word })),
  );
  return (
    <fieldset className={styles.rating}>
      <legend>{legend}</legend>
      {hint ? (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      ) : null}
      <div className={styles.scale}>
        {choices.map((choice) => (
          <label key={choice.value} className={styles.point} title={choice.word}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              defaultChecked={value === choice.value}
              aria-label={choice.value === '' ? 'Not said' : `${choice.value}: ${choice.word}`}
            />
            <span aria-hidden>{choice.label}</span>
          </label>
        ))}
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        1 {words[0]}, 5 {words.at(-1)}
      </Text>
      {error ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      ) : null}
    </fieldset>
  );
}
