import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { MAIL_LANGUAGES } from '#app/domain/people/languages.ts';

interface Props extends NativeSelectProps {
  /** Said for no language of one's own. */
  none: string;
}

/** Each language by its own name. */
export function LanguageSelect({ none, ...select }: Props) {
  return (
    <NativeSelect {...select}>
      <option value="">{none}</option>
      {Object.entries(MAIL_LANGUAGES).map(([tag, name]) => (
        <option key={tag} value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
