import { Input } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import styles from './emails.module.css';

const CodeMirrorField = lazy(() => import('./code-mirror.tsx'));

interface Props {
  name: string;
  label: string;
  description: string;
  value: string;
  markup?: boolean;
  /** What is wrong, in words, and on which lines. */
  error: string | undefined;
  wrong: readonly number[];
  onEdit: () => void;
  /** Told, at each focus, how a text is put where the cursor is. */
  onFocus: (insert: (text: string) => void) => void;
}

/** A text to be edited: a plain field without a script, an editor with names marked once it is there. */
export function CodeField({ name, label, description, value, markup = false, error, wrong, onEdit, onFocus }: Props) {
  const [text, setText] = useState(value);
  const mounted = useMounted();
  const told = useRef(value);
  useEffect(() => {
    // The text is in the form by now.
    if (told.current === text) return;
    told.current = text;
    onEdit();
  }, [text, onEdit]);
  const plain = (
    <textarea
      id={name}
      name={name}
      className={styles.plainField}
      defaultValue={text}
      rows={Math.min(22, Math.max(6, text.split('\n').length + 1))}
      spellCheck={false}
      aria-invalid={error ? true : undefined}
      onInput={(event) => setText(event.currentTarget.value)}
      onFocus={(event) => {
        const area = event.currentTarget;
        onFocus((inserted) => {
          area.setRangeText(inserted, area.selectionStart, area.selectionEnd, 'end');
          area.focus();
          setText(area.value);
        });
      }}
    />
  );
  return (
    <Input.Wrapper id={name} label={label} description={description} error={error} withAsterisk>
      {mounted ? (
        <Suspense fallback={plain}>
          <input type="hidden" name={name} value={text} />
          <div className={styles.editor} data-wrong={error ? true : undefined}>
            <CodeMirrorField
              id={name}
              label={label}
              value={text}
              markup={markup}
              wrong={wrong}
              onChange={setText}
              onFocus={onFocus}
            />
          </div>
        </Suspense>
      ) : (
        plain
      )}
    </Input.Wrapper>
  );
}
