import { Anchor, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { useFocusFirstError } from './focus-first-error.ts';
import type { DetailView } from './session-detail.ts';
import { ProblemAlert } from './session-form.tsx';
import type { FormProblem } from './session-problem.ts';
import styles from './session-sections.module.css';
import { SubmitButton } from './submit-button.tsx';

/** What an action of a session's page answers when it refuses: which form, why, and what was typed. */
export interface SectionAnswer {
  intent: string;
  problem: FormProblem;
  values: Record<string, string>;
}

export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-title`} id={id} className={styles.section}>
      <Title order={2} id={`${id}-title`} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

/** Words somebody wrote, with their line breaks. */
export function Prose({ children }: { children: string }) {
  return <Text className={styles.prose}>{children}</Text>;
}

interface FormSection {
  session: DetailView;
  answer: SectionAnswer | undefined;
  /** A fresh id, so that sending the form twice does a thing once. */
  formId: string;
  may: boolean;
}

const answerTo = (answer: SectionAnswer | undefined, intent: string) => (answer?.intent === intent ? answer : undefined);

export function PlanSection({ session, answer, version, may }: Omit<FormSection, 'formId'> & { version: number }) {
  const mine = answerTo(answer, 'plan');
  const form = useFocusFirstError(mine);
  if (!may)
    return session.plan ? (
      <Section id="plan" title="Plan">
        <Prose>{session.plan}</Prose>
      </Section>
    ) : null;
  return (
    <Section id="plan" title="Plan">
      {session.plan ? <Prose>{session.plan}</Prose> : null}
      <details className={styles.more} open={mine !== undefined}>
        <summary>{session.plan ? 'Change the plan' : 'Write a plan'}</summary>
        <Form method="post" ref={form} key={version}>
          <Stack gap="sm">
            <ProblemAlert problem={mine?.problem} />
            <input type="hidden" name="version" value={version} />
            <Textarea
              name="plan"
              label="What the lesson is to cover"
              description="The family reads it too"
              defaultValue={mine?.values.plan ?? session.plan}
              error={mine?.problem.errors.plan}
              rows={5}
            />
            <Group>
              <SubmitButton name="intent" value="plan">
                Save plan
              </SubmitButton>
            </Group>
          </Stack>
        </Form>
      </details>
    </Section>
  );
}

export function MaterialsSection({ session, answer, formId, may }: FormSection) {
  const mine = answerTo(answer, 'add-material');
  const form = useFocusFirstError(mine);
  if (!may && session.materials.length === 0) return null;
  return (
    <Section id="materials" title="Materials">
      {session.materials.length > 0 ? (
        <ul className={styles.list}>
          {session.materials.map((material) => (
            <li key={material.id}>
              <Group gap="xs" align="baseline">
                <Anchor href={material.url} target="_blank" rel="noopener noreferrer">
                  {material.title}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {material.by}
                </Text>
                {may ? (
                  <Form method="post">
                    <input type="hidden" name="materialId" value={material.id} />
                    <SubmitButton
                      name="intent"
                      value="remove-material"
                      variant="subtle"
                      color="gray"
                      size="compact-xs"
                      aria-label={`Remove ${material.title}`}
                    >
                      Remove
                    </SubmitButton>
                  </Form>
                ) : null}
              </Group>
            </li>
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed">
          Worksheets, slides, videos: links put here are seen by everybody in the session.
        </Text>
      )}
      {may ? (
        <details className={styles.more} open={mine !== undefined}>
          <summary>Add a link</summary>
          <Form method="post" ref={form} noValidate key={formId}>
            <Stack gap="sm">
              <ProblemAlert problem={mine?.problem} />
              <input type="hidden" name="formId" value={formId} />
              <TextInput name="title" label="Name" defaultValue={mine?.values.title} error={mine?.problem.errors.title} />
              <TextInput
                name="url"
                type="url"
                label="Link"
                placeholder="https://"
                defaultValue={mine?.values.url}
                error={mine?.problem.errors.url}
              />
              <Group>
                <SubmitButton name="intent" value="add-material">
                  Add link
                </SubmitButton>
              </Group>
            </Stack>
          </Form>
        </details>
      ) : null}
    </Section>
  );
}

export function QuestionsSection({ session, answer, formId, may, title }: FormSection & { title: string }) {
  const mine = answerTo(answer, 'ask');
  const form = useFocusFirstError(mine);
  if (!may && session.asked.length === 0) return null;
  return (
    <Section id="questions" title={title}>
      {session.asked.length > 0 ? (
        <ul className={styles.list}>
          {session.asked.map((question) => (
            <li key={question.id}>
              <Prose>{question.body}</Prose>
              <Text size="xs" c="dimmed">
                {question.by}
              </Text>
            </li>
          ))}
        </ul>
      ) : null}
      {may ? (
        <Form method="post" ref={form} noValidate key={formId}>
          <Stack gap="sm" mt="sm">
            <ProblemAlert problem={mine?.problem} />
            <input type="hidden" name="formId" value={formId} />
            <Textarea
              name="body"
              label="What should the tutor go through with you?"
              defaultValue={mine?.values.body}
              error={mine?.problem.errors.body}
              rows={3}
            />
            <Group>
              <SubmitButton name="intent" value="ask" variant="default">
                Send to the tutor
              </SubmitButton>
            </Group>
          </Stack>
        </Form>
      ) : null}
    </Section>
  );
}

export function Labelled({ label, text }: { label: string; text: string }) {
  if (text === '') return null;
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Prose>{text}</Prose>
    </div>
  );
}
