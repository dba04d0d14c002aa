import { Alert, Anchor, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useSubmit } from '@remix-run/react';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { listPlacesElsewhere } from '#app/domain/groups/group-queries.server.ts';
import { movePlace, movePlaceSchema } from '#app/domain/groups/move-place.server.ts';
import { SAID_BY, type SaidBy } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { CancellationReasonFields } from '#app/ui/cancellation-reason-fields.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SaidByChoice } from '#app/ui/said-by-choice.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { problemOf } from '#app/ui/session-problem.ts';
import { whenOf } from '#app/ui/session-when.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { viewConsequence } from '../office.sessions.$id.cancel/view-consequence.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { loadOfficeSession } from '../session-pages/load-session.server.ts';

/** Whose place, of those who are left; the first one's where the address names nobody. */
function placeOf(
  args: LoaderFunctionArgs | ActionFunctionArgs,
  session: Awaited<ReturnType<typeof loadOfficeSession>>['session'],
) {
  const studentId = new URL(args.request.url).searchParams.get('student');
  const left = session.places.filter((place) => isLeft(place.outcome));
  const place = studentId === null ? left[0] : left.find((candidate) => candidate.studentId === studentId);
  if (!place) throw notFound();
  return place;
}

export async function loader(args: LoaderFunctionArgs) {
  const { user, session, organisation, reader, context } = await loadOfficeSession(args, 'session.cancel');
  const { studentId, studentName } = placeOf(args, session);
  const by: SaidBy = SAID_BY.find((who) => who === new URL(args.request.url).searchParams.get('by')) ?? 'client';
  const [others, preview, reasons] = await Promise.all([
    listPlacesElsewhere(context.db, { sessionId: session.id, studentId, now: reader.now }),
    previewCancellation(context.db, context, { sessionId: session.id, studentIds: [studentId], by }),
    listReasonChoices(context.db, by),
  ]);
  const { late, title, lines } = viewConsequence(preview, {
    currency: organisation.currency,
    reader,
    money: can(user, 'rates.charge.read'),
    pay: false,
    tutorName: session.tutor.name,
  });
  return {
    id: session.id,
    heading: session.title || session.subject.name,
    now: whenOf(reader, session.startsAt, session.endsAt).long,
    student: { id: studentId, name: studentName },
    by,
    reasons,
    fee: { late, title, text: lines[0]?.text ?? '' },
    others: others.map((other) => ({
      id: other.id,
      label: `${whenOf(reader, other.startsAt, other.endsAt).long} with ${other.tutorName}`,
      free: other.free === 1 ? '1 place free' : `${other.free} places free`,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  await authorize(args, 'session.cancel');
  const { session, reader, actor, context } = await loadOfficeSession(args, 'session.cancel');
  const { studentId } = placeOf(args, session);
  const form = await args.request.formData();
  const values = {
    toSessionId: textOf(form, 'toSessionId'),
    by: textOf(form, 'by'),
    reasonId: textOf(form, 'reasonId'),
    reason: textOf(form, 'reason'),
  };
  try {
    await movePlace(context.db, context, actor, movePlaceSchema.parse({ ...values, sessionId: session.id, studentId }));
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    return data({ values, problem }, { status });
  }
  return redirect(`/office/sessions/${values.toSessionId}`);
}

export const meta: MetaFunction = () => [{ title: 'Move one student · Lectern' }];

export default function MovePlace() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const submit = useSubmit();
  const back = `/office/sessions/${page.id}`;
  const again = `${back}/cancel?student=${page.student.id}&by=${page.by}`;
  return (
    <>
      <PageHeader
        back={{ to: back, label: page.heading }}
        title={`Move ${page.student.name} alone`}
        description={`Now: ${page.now}. The others stay as they are.`}
      />
      <Stack gap="lg" maw={640}>
        <ProblemAlert problem={answer?.problem} />
        <Form method="get" onChange={({ currentTarget }) => submit(currentTarget, { replace: true, preventScrollReset: true })}>
          <input type="hidden" name="student" value={page.student.id} />
          <SaidByChoice label="Who wants it?" defaultValue={page.by} />
          <noscript>
            <button type="submit">Show what this means</button>
          </noscript>
        </Form>
        <Alert color={page.fee.late ? 'yellow' : 'gray'} role="note" variant="light" title={page.fee.title}>
          <Text size="sm">For the place they give up: {page.fee.text}. The new one is charged like any other.</Text>
        </Alert>
        <Form method="post" ref={form} noValidate>
          <input type="hidden" name="by" value={page.by} />
          <Stack gap="md">
            {page.others.length === 0 ? (
              <Text size="sm">No other session of this program and subject has a place.</Text>
            ) : (
              <Radio.Group
                name="toSessionId"
                label="To which session?"
                error={answer?.problem.errors.toSessionId}
                defaultValue={answer?.values.toSessionId ?? ''}
              >
                <Stack gap={6} mt={6}>
                  {page.others.map((other) => (
                    <Radio key={other.id} value={other.id} label={other.label} description={other.free} />
                  ))}
                </Stack>
              </Radio.Group>
            )}
            <Text size="sm">
              Or to a new session:{' '}
              <Anchor component={Link} to={again} size="sm">
                cancel for {page.student.name} and book again
              </Anchor>
              .
            </Text>
            {page.others.length > 0 ? (
              <CancellationReasonFields
                key={page.by}
                choices={page.reasons}
                values={answer?.values}
                errors={answer?.problem.errors}
                description="Goes into the mails and the sessions’ stories"
              />
            ) : null}
            <Group>
              {page.others.length > 0 ? <SubmitButton>Move {page.student.name}</SubmitButton> : null}
              <Button component={Link} to={back} variant="subtle">
                Keep it as it is
              </Button>
            </Group>
          </Stack>
        </Form>
      </Stack>
    </>
  );
}
