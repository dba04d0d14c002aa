import { Alert, Button, Checkbox, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { Form, Link, useSubmit } from '@remix-run/react';
import { CancellationReasonFields } from '#app/ui/cancellation-reason-fields.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { loadCancelPage } from './cancel-page.server.ts';

interface Props {
  page: Awaited<ReturnType<typeof loadCancelPage>>;
  answer: { problem: FormProblem; values: { reason: string; reasonId: string } } | undefined;
}

/** Cancel, with what it costs and what happens next said before it is done. */
export function CancelPage({ page, answer }: Props) {
  const form = useFocusFirstError(answer);
  const submit = useSubmit();
  const { way, consequence, by } = page;
  const back = `${by === 'tutor' ? '/tutor' : '/family'}/sessions/${page.id}`;
  const atOnce = way.way === 'at_once';
  return (
    <>
      <PageHeader
        title={atOnce ? 'Cancel the session' : 'Ask to cancel'}
        back={{ to: back, label: 'The session' }}
        description={`${page.names}${by === 'tutor' ? '' : ` with ${page.tutorName}`}. ${page.when}.`}
      />
      <Stack gap="lg" maw={640}>
        <ProblemAlert problem={answer?.problem} />
        {way.way === 'at_once' ? null : (
          <Alert color={way.way === 'no' ? 'yellow' : 'gray'} variant="light" role="note" title={way.why}>
            {way.way === 'ask'
              ? 'It is asked for, and stays planned until you have an answer. What it costs goes by now, not by when it is answered.'
              : page.office}
          </Alert>
        )}
        {page.children.length > 1 && atOnce ? (
          <Form method="get" onChange={({ currentTarget }) => submit(currentTarget, { replace: true, preventScrollReset: true })}>
            <Checkbox.Group
              label="For whom?"
              defaultValue={page.children.filter((child) => child.chosen).map((child) => child.id)}
            >
              <Stack gap={6} mt={6}>
                {page.children.map((child) => (
                  <Checkbox key={child.id} name="student" value={child.id} label={child.name} />
                ))}
              </Stack>
            </Checkbox.Group>
            <noscript>
              <button type="submit">Show what this means</button>
            </noscript>
          </Form>
        ) : null}
        {consequence ? (
          <>
            <Alert color={page.late ? 'yellow' : 'gray'} role="note" variant="light" title={consequence.title}>
              <Stack gap="xs" aria-live="polite">
                <Text size="sm">{consequence.text}</Text>
                {consequence.lines.length > 0 ? (
                  <Table className="tabular" horizontalSpacing={0}>
                    <Table.Tbody>
                      {consequence.lines.map((line) => (
                        <Table.Tr key={line.name}>
                          <Table.Td>{line.name}</Table.Td>
                          <Table.Td ta="end">{line.text}</Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                ) : null}
              </Stack>
            </Alert>
            <Form method="post" ref={form} noValidate>
              <Stack gap="md">
                <input type="hidden" name="id" value={page.formId} />
                <input type="hidden" name="intent" value={atOnce ? 'cancel' : 'ask'} />
                <input type="hidden" name="cost" value={page.costSaid} />
                {page.children.length > 1 && !atOnce ? (
                  <NativeSelect
                    name="student"
                    label="For whom"
                    maw={320}
                    data={page.children.map((child) => ({ value: child.id, label: child.name }))}
                  />
                ) : null}
                {page.children
                  .filter((child) => child.chosen && (atOnce || page.children.length === 1))
                  .map((child) => (
                    <input key={child.id} type="hidden" name="student" value={child.id} />
                  ))}
                <CancellationReasonFields
                  choices={atOnce ? page.reasons : []}
                  values={answer?.values}
                  errors={answer?.problem.errors}
                  description="Everybody in it reads it in the mail"
                />
                <Group>
                  <SubmitButton color={atOnce ? 'red.9' : undefined}>
                    {atOnce ? 'Cancel the session' : 'Ask to cancel'}
                  </SubmitButton>
                  <Button component={Link} to={back} variant="subtle">
                    Keep it
                  </Button>
                </Group>
              </Stack>
            </Form>
          </>
        ) : null}
      </Stack>
    </>
  );
}
