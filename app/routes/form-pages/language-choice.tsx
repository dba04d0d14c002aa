import { Checkbox, Input } from '@mantine/core';
import { languageNames } from '#app/domain/public-forms/languages.ts';
import styles from './form.module.css';

interface Props {
  name: string;
  label: string;
  error: string | undefined;
  chosen: (name: string, value: string) => boolean;
  locale: string;
}

/** Languages to tick, behind a line that opens: they are many, and few are chosen. */
export function LanguageChoice({ name, label, error, chosen, locale }: Props) {
  const languages = languageNames(locale);
  const some = languages.filter(({ value }) => chosen(name, value));
  return (
    <div id={name} aria-invalid={error ? true : undefined} tabIndex={error ? -1 : undefined}>
      <details className={styles.more} open={some.length > 0 || error !== undefined}>
        <summary>
          <Input.Label component="span" labelElement="div">
            {label}
          </Input.Label>
        </summary>
        <div className={styles.ticks}>
          {languages.map(({ value, label: language }) => (
            <Checkbox key={value} name={name} value={value} label={language} defaultChecked={chosen(name, value)} size="sm" />
          ))}
        </div>
      </details>
      {error ? <Input.Error>{error}</Input.Error> : null}
    </div>
  );
}
