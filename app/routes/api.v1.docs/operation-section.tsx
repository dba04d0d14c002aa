import { Code, Text, Title } from '@mantine/core';
import styles from './docs.module.css';
import type { OperationView } from './docs-view.ts';
import { Fields } from './fields.tsx';

/** One operation: what it does, what it takes, what it answers, and a call to try. */
export function OperationSection({ operation }: { operation: OperationView }) {
  return (
    <article className={styles.operation} aria-labelledby={operation.id}>
      <Title order={3} id={operation.id}>
        {operation.summary}
      </Title>
      <p className={styles.address}>
        <b>{operation.method}</b> <code>{operation.path}</code>
      </p>
      <Text size="sm">{operation.description}</Text>
      <Fields caption="Takes" lines={operation.parameters.filter((line) => line.name !== 'Idempotency-Key')} />
      <Fields caption="Body" lines={operation.body} />
      <details className={styles.more}>
        <summary>What it answers</summary>
        <Fields caption="Answer" lines={operation.answer} />
        <ul className={styles.statuses}>
          {operation.statuses.map(({ status, text }) => (
            <li key={status}>
              <b className="tabular">{status}</b> {text}
            </li>
          ))}
        </ul>
      </details>
      <Code block tabIndex={0} aria-label={`A call of ${operation.summary}`}>
        {operation.curl}
      </Code>
    </article>
  );
}
