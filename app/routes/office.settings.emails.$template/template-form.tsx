import { Alert, Anchor, Group, List, NativeSelect, Paper, Stack, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { useCallback, useRef } from 'react';
import type { MailVariable } from '#app/domain/mail-templates/mail-variables.ts';
import type { MailPreview, MailProblem } from '#app/domain/mail-templates/preview-mail.server.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { useFormCheck } from '#app/ui/use-form-check.ts';
import type { TemplateAnswer } from './act.server.ts';
import { CodeField } from './code-field.tsx';
import styles from './emails.module.css';
import { PreviewPane } from './preview-pane.tsx';
import { VariableList } from './variable-list.tsx';

interface Props {
  address: string;
  answer: TemplateAnswer | undefined;
  texts: { subject: string; body: string; plain: string };
  version: number;
  examples: { value: string; label: string }[];
  preview: MailPreview;
  variables: MailVariable[];
}

const parts = { subject: 'Subject', body: 'Mail', plain: 'As plain text' } as const;

/** The three texts of a mail, what they may name, and beside them what comes of it, made anew while it is typed. */
export function TemplateForm({ address, answer, texts, version, examples, preview, variables }: Props) {
  const refused = answer?.message ? answer : undefined;
  const form = useFocusFirstError(refused);
  const typed = answer?.typed;
  const { check, checking, later } = useFormCheck<MailPreview>(
    form,
    `${address.replace('?', '/preview?')}`,
    answer?.preview ?? preview,
  );
  const shown = check ?? preview;
  // What the server refused stands until something else is typed.
  const problems = check === (answer?.preview ?? preview) && refused ? (answer?.problems ?? []) : shown.problems;
  const insert = useRef<(text: string) => void>(undefined);
  const remember = useCallback((how: (text: string) => void) => {
    insert.current = how;
  }, []);
  const of = (part: keyof typeof parts) => problems.filter((problem) => problem.part === part);
  const errorOf = (part: keyof typeof parts) =>
    of(part)
      .map(({ line, text }) => (part === 'subject' ? text : `Line ${line}: ${text}`))
      .join(' ') || undefined;
  const wrong = (part: keyof typeof parts) => of(part).map(({ line }) => line);
  return (
    <Form method="post" action={address} ref={form} noValidate className={styles.columns}>
      <input type="hidden" name="version" value={typed?.version ?? version} readOnly />
      <Stack gap="md">
        {refused && (problems.length > 0 || !refused.problems) ? (
          <Refusal message={refused.message ?? ''} problems={problems} />
        ) : null}
        {answer?.done ? <Alert color="green" variant="light" role="status" title={answer.done} /> : null}
        <TextInput
          id="subject"
          name="subject"
          label={parts.subject}
          defaultValue={typed?.subject ?? texts.subject}
          error={errorOf('subject')}
          onInput={later}
          onFocus={(event) => {
            const input = event.currentTarget;
            remember((text) => {
              input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
              input.focus();
              later();
            });
          }}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          withAsterisk
        />
        <CodeField
          name="body"
          label={parts.body}
          description="Texts in <mj-text>, a button in <mj-button>. Your name above it and what stands at its end are added."
          value={typed?.body ?? texts.body}
          markup
          error={errorOf('body')}
          wrong={wrong('body')}
          onEdit={later}
          onFocus={remember}
        />
        <CodeField
          name="plain"
          label={parts.plain}
          description="The same for mail programs that show no more than letters."
          value={typed?.plain ?? texts.plain}
          error={errorOf('plain')}
          wrong={wrong('plain')}
          onEdit={later}
          onFocus={remember}
        />
        <Group gap="sm">
          <SubmitButton name="intent" value="save">
            Save
          </SubmitButton>
          <SubmitButton name="intent" value="test" variant="default">
            Send me a test
          </SubmitButton>
          <SubmitButton name="intent" value="preview" variant="subtle">
            Show
          </SubmitButton>
        </Group>
        <VariableList variables={variables} insert={(text) => insert.current?.(text)} />
      </Stack>
      <Paper withBorder p="md" radius="md" component="section" aria-label="Preview" className={styles.beside}>
        <Stack gap="sm">
          <NativeSelect
            name="record"
            label="Shown with"
            defaultValue={typed?.record ?? ''}
            onChange={later}
            data={[{ value: '', label: 'The example' }, ...examples]}
          />
          <PreviewPane preview={shown} checking={checking} />
        </Stack>
      </Paper>
    </Form>
  );
}

function Refusal({ message, problems }: { message: string; problems: MailProblem[] }) {
  return (
    <Alert color="red" variant="light" role="alert" tabIndex={-1} data-error-summary title={message}>
      <List size="sm" spacing={4}>
        {problems.map(({ part, line, text }) => (
          <List.Item key={`${part}${line}${text}`}>
            <Anchor href={`#${part}`} size="sm" c="inherit" underline="always">
              {parts[part]}
              {part === 'subject' ? '' : `, line ${line}`}: {text}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
