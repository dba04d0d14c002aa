import { Input } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import styles from './source-editor.module.css';

interface SourceEditorProps {
  name: string;
  label: string;
  description: string;
  value: string;
  /** Lines that something is wrong with. */
  wrong: readonly number[];
}

/** A text by lines, with their numbers. Without a script the numbers are those of the text that came. */
export function SourceEditor({ name, label, description, value, wrong }: SourceEditorProps) {
  const numbers = useRef<HTMLPreElement>(null);
  const [count, setCount] = useState(linesOf(value));
  useEffect(() => setCount(linesOf(value)), [value]);
  return (
    <Input.Wrapper id={name} label={label} description={description} withAsterisk>
      <div className={styles.editor}>
        <pre className={styles.numbers} ref={numbers} aria-hidden>
          {Array.from({ length: count }, (_, index) => index + 1).map((line) => (
            <span key={line} className={wrong.includes(line) ? styles.wrong : undefined}>
              {line}
              {'\n'}
            </span>
          ))}
        </pre>
        <textarea
          key={value}
          id={name}
          name={name}
          className={styles.text}
          defaultValue={value}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onInput={(event) => setCount(linesOf(event.currentTarget.value))}
          onScroll={(event) => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
    </Input.Wrapper>
  );
}

const linesOf = (text: string) => text.split('\n').length;

/** Puts the cursor at a line of the text. */
export function goToLine(name: string, line: number): void {
  const text = document.getElementById(name);
  if (!(text instanceof HTMLTextAreaElement)) return;
  const lines = text.value.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  text.focus();
  text.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, line - 6);
}
