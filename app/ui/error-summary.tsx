import { Alert, List } from '@mantine/core';

interface ErrorSummaryProps {
  /** What is wrong with the form as a whole. */
  message?: string | null | undefined;
  /** By field name; each line leads to its field, whose id is the name. */
  errors?: Record<string, string | undefined> | undefined;
  /** The words on the form, where a field's name isn't one. */
  labels?: Record<string, string>;
}

/** On top of a form that was not taken: read out at once, and every line leads to its field without a script too. */
export function ErrorSummary({ message, errors = {}, labels = {} }: ErrorSummaryProps) {
  const lines = Object.entries(errors).filter((entry): entry is [string, string] => Boolean(entry[1]));
  if (!message && lines.length === 0) return null;
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      tabIndex={-1}
      data-error-summary
      title={message ?? 'Please look at these again'}
    >
      {lines.length > 0 ? (
        <List size="sm">
          {lines.map(([name, text]) => (
            <List.Item key={name}>
              <a href={`#${name}`}>
                {labels[name] ? `${labels[name]}: ` : ''}
                {text}
              </a>
            </List.Item>
          ))}
        </List>
      ) : null}
    </Alert>
  );
}
