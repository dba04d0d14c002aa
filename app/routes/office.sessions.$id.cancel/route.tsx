import { Alert, Button, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useSubmit } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { isId } from '#app/domain/is-id.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { SAID_BY, type SaidBy } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { cancelSessionSchema } from '#app/domain/scheduling/session.schema.ts';
import { findSeriesOfSession } from '#app/domain/series/queries.server.ts';
import { CancellationReasonFields } from '#app/ui/cancellation-reason-fields.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SaidByChoice } from '#app/ui/said-by-choice.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { problemOf } from '#app/ui/session-problem.ts';
import { whenOf } from '#app/ui/session-when.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ScopeChoice } from '../series-pages/scope-choice.tsx';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { bookLike } from '../session-pages/book-like.ts';
import { loadOfficeSession } from '../session-pages/load-session.server.ts';
import { viewConsequence } from './view-consequence.ts';

const whoOf = (text: string | null): SaidBy => SAID_BY.find((who) => who === text) ?? 'client';

/** Who cancels and for whom is in the address, so that the consequence shown is the one that is meant. */
export async function loader(args: LoaderFunctionArgs) {
  const { user, session, organisation, reader, context } = await loadOfficeSession(args, 'session.cancel');
  const params = new URL(args.request.url).searchParams;
  const left = session.places.filter((place) => isLeft(place.outcome));
  const asked = params.getAll('student').filter((id) => left.some((place) => place.studentId === id));
  const chosen = asked.length > 0 ? asked : left.map((place) => place.studentId);
  const by = whoOf(params.get('by'));
  const series = await findSeriesOfSession(context.db, session.id);
  const scope = params.get('scope');
  if (series?.originalDate && (scope === 'following' || scope === 'all'))
    throw redirect(`/office/series/${series.id}/cancel?${new URLSearchParams({ scope, by, from: series.originalDate })}`);
  const [preview, reasons] = await Promise.all([
    left.length === 0 ? null : previewCancellation(context.db, context, { sessionId: session.id, studentIds: chosen, by }),
    listReasonChoices(context.db, by),
  ]);
  return {
    id: session.id,
    heading: session.title || session.subject.name,
    when: whenOf(reader, session.startsAt, session.endsAt).long,
    by,
    reasons,
    series: series !== undefined && series.endedAt === null,
    students: left.map((place) => ({ id: place.studentId, name: place.studentName, chosen: chosen.includes(place.studentId) })),
    consequence:
      preview &&
      viewConsequence(preview, {
        currency: organisation.currency,
        reader,
        money: can(user, 'rates.charge.read'),
        pay: can(user, 'rates.pay.read'),
        tutorName: session.tutor.name,
      }),
  };
}

export async function action(args: ActionFunctionArgs) {
  await authorize(args, 'session.cancel');
  const { session, reader, actor, context } = await loadOfficeSession(args, 'session.cancel');
  const form = await args.request.formData();
  const studentIds = form.getAll('student').filter((id): id is string => typeof id === 'string' && isId(id));
  const left = session.places.filter((place) => isLeft(place.outcome));
  const everybody = left.every((place) => studentIds.includes(place.studentId));
  const said = { reasonId: textOf(form, 'reasonId'), reason: textOf(form, 'reason') };
  try {
    const input = cancelSessionSchema.parse({
      sessionId: session.id,
      by: textOf(form, 'by'),
      ...said,
      ...(everybody ? {} : { studentIds }),
    });
    await cancelSession(context.db, context, actor, input);
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    return data({ said, problem }, { status });
  }
  if (textOf(form, 'intent') !== 'again') return redirect(`/office/sessions/${session.id}`);
  const again = bookLike(
    {
      tutorId: session.tutor.id,
      programId: session.program.id,
      subjectId: session.subject.id,
      minutes: session.durationMinutes,
      mode: session.mode,
      location: session.location,
      studentIds: everybody ? left.map((place) => place.studentId) : studentIds,
    },
    { date: session.wallStart.slice(0, 10), replaces: session.id },
  );
  return redirect(again);
}

export const meta: MetaFunction = () => [{ title: 'Cancel session · Lectern' }];

export default function CancelSession() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const submit = useSubmit();
  const back = `/office/sessions/${page.id}`;
  const errors = answer?.problem.errors ?? {};
  if (page.consequence === null) {
    return (
      <>
        <PageHeader back={{ to: back, label: page.heading }} title="Cancel session" />
        <Text>Nobody is left in this session to cancel for.</Text>
      </>
    );
  }
  return (
    <>
      <PageHeader back={{ to: back, label: page.heading }} title="Cancel session" description={page.when} />
      <Stack gap="lg" maw={640}>
        <ProblemAlert problem={answer?.problem} />
        {/* Asks anew what it would mean; without a script by its button. */}
        <Form
          method="get"
          onChange={({ currentTarget }) => {
            if (new FormData(currentTarget).getAll('student').length > 0 || page.students.length === 1)
              submit(currentTarget, { replace: true, preventScrollReset: true });
          }}
        >
          <Stack gap="md">
            <SaidByChoice label="Who cancels?" defaultValue={page.by} />
            {page.students.length > 1 ? (
              <Checkbox.Group
                label="For whom?"
                defaultValue={page.students.filter((student) => student.chosen).map((student) => student.id)}
              >
                <Stack gap={6} mt={6}>
                  {page.students.map((student) => (
                    <Checkbox key={student.id} name="student" value={student.id} label={student.name} />
                  ))}
                </Stack>
              </Checkbox.Group>
            ) : null}
            {page.series ? <ScopeChoice value="this" label="Which sessions?" /> : null}
            <noscript>
              <button type="submit">Show what this means</button>
            </noscript>
          </Stack>
        </Form>
        <Alert color={page.consequence.late ? 'yellow' : 'gray'} role="note" variant="light" title={page.consequence.title}>
          <Stack gap="xs" aria-live="polite">
            <Text size="sm">{page.consequence.text}</Text>
            <Table className="tabular" horizontalSpacing={0}>
              <Table.Tbody>
                {page.consequence.lines.map((line) => (
                  <Table.Tr key={line.name}>
                    <Table.Td>{line.name}</Table.Td>
                    <Table.Td ta="end">{line.text}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Stack>
        </Alert>
        <Form method="post" ref={form} noValidate>
          <Stack gap="md">
            <input type="hidden" name="by" value={page.by} />
            {page.students
              .filter((student) => student.chosen)
              .map((student) => (
                <input key={student.id} type="hidden" name="student" value={student.id} />
              ))}
            <CancellationReasonFields
              key={page.by}
              choices={page.reasons}
              values={answer?.said}
              errors={errors}
              description="Goes into the mails and the session’s story"
            />
            <Group>
              <SubmitButton name="intent" value="cancel" color="red.9">
                {page.consequence.confirm}
              </SubmitButton>
              <SubmitButton name="intent" value="again" variant="default">
                Cancel and book again
              </SubmitButton>
              <Button component={Link} to={back} variant="subtle">
                Keep it
              </Button>
            </Group>
          </Stack>
        </Form>
      </Stack>
    </>
  );
}
