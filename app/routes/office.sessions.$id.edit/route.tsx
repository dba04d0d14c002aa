import { Button, Checkbox, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { listBookingChoices } from '#app/domain/scheduling/booking-choices.server.ts';
import { editSession } from '#app/domain/scheduling/edit-session.server.ts';
import { editSessionSchema } from '#app/domain/scheduling/session.schema.ts';
import { findSeriesOfSession } from '#app/domain/series/queries.server.ts';
import { typedCustom } from '#app/ui/custom-form.ts';
import { CustomInputs } from '#app/ui/custom-inputs.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { type FormProblem, problemOf } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { customForm, readCustom } from '../record-forms/read-custom.server.ts';
import { ScopeChoice } from '../series-pages/scope-choice.tsx';
import { seriesEditOf } from '../series-pages/series-edit-of.server.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { loadOfficeSession } from '../session-pages/load-session.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const { session, user, context } = await loadOfficeSession(args, 'session.edit');
  const [{ subjects }, series, custom] = await Promise.all([
    listBookingChoices(context.db),
    findSeriesOfSession(context.db, session.id),
    customForm(context.db, { entity: 'session', audience: officeAudience(user), id: session.id }),
  ]);
  return {
    id: session.id,
    version: session.version,
    heading: session.title || session.subject.name,
    series: series !== undefined && series.endedAt === null,
    inPerson: session.mode === 'in_person',
    subjects: subjects.some(({ id }) => id === session.subject.id) ? subjects : [...subjects, session.subject],
    custom: custom.fields,
    values: {
      custom: custom.initial,
      title: session.title,
      subjectId: session.subject.id,
      location: session.location,
      description: session.description,
      plan: session.plan,
      billable: session.billable,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  await authorize(args, 'session.edit');
  const { session, reader, actor, user, context } = await loadOfficeSession(args, 'session.edit');
  const form = await args.request.formData();
  const values = {
    title: textOf(form, 'title'),
    subjectId: textOf(form, 'subjectId'),
    location: textOf(form, 'location'),
    description: textOf(form, 'description'),
    plan: textOf(form, 'plan'),
    billable: form.get('billable') === 'on',
    custom: typedCustom(form),
  };
  const more = await readCustom(context.db, form, { entity: 'session', audience: officeAudience(user), id: session.id });
  if (Object.keys(more.errors).length > 0) {
    const problem: FormProblem = { message: 'That can’t be saved yet.', errors: more.errors, clashes: [] };
    return data({ values, problem }, { status: 400 });
  }
  try {
    const { location, custom: _, ...rest } = values;
    const where = session.mode === 'in_person' ? { location } : {};
    const input = editSessionSchema.parse({ sessionId: session.id, version: Number(textOf(form, 'version')), ...rest, ...where });
    await editSession(context.db, context, actor, { ...input, custom: more.patch });
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    return data({ values, problem }, { status });
  }
  // The others of its series get what can be theirs too, once it was seen what that changes.
  const { title, location, description } = values;
  const where = session.mode === 'in_person' ? { location } : {};
  const wider = await seriesEditOf(context.db, session.id, { scope: textOf(form, 'scope'), title, description, ...where });
  return redirect(wider ?? `/office/sessions/${session.id}`);
}

export const meta: MetaFunction = () => [{ title: 'Edit session · Lectern' }];

export default function EditSession() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const values = answer?.values ?? page.values;
  const errors = answer?.problem.errors ?? {};
  const back = `/office/sessions/${page.id}`;
  return (
    <>
      <PageHeader
        back={{ to: back, label: page.heading }}
        title="Edit session"
        description="Time, duration and tutor are changed by rescheduling."
      />
      <Form method="post" ref={form} noValidate>
        <Stack gap="md" maw={640}>
          <ProblemAlert problem={answer?.problem} />
          <input type="hidden" name="version" value={page.version} />
          <TextInput
            name="title"
            label="Title"
            description="Shown instead of the subject"
            defaultValue={values.title}
            error={errors.title}
          />
          <NativeSelect
            name="subjectId"
            label="Subject"
            defaultValue={values.subjectId}
            error={errors.subjectId}
            data={page.subjects.map(({ id, name }) => ({ value: id, label: name }))}
          />
          {page.inPerson ? (
            <TextInput
              name="location"
              label="Where exactly"
              description="For another place or room, reschedule it"
              defaultValue={values.location}
              error={errors.location}
            />
          ) : null}
          <Textarea
            name="description"
            label="Description"
            description="Tutor and family read it"
            rows={3}
            defaultValue={values.description}
            error={errors.description}
          />
          <Textarea
            name="plan"
            label="Plan"
            description="What the lesson is to cover"
            rows={4}
            defaultValue={values.plan}
            error={errors.plan}
          />
          <CustomInputs fields={page.custom} form={recordFields({}, { errors, values: values.custom })} />
          <Checkbox name="billable" label="Billable" defaultChecked={values.billable} />
          {page.series ? <ScopeChoice value="this" label="Which sessions get this title, place and description?" /> : null}
          <Group>
            <SubmitButton>Save changes</SubmitButton>
            <Button component={Link} to={back} variant="subtle">
              Discard
            </Button>
          </Group>
        </Stack>
      </Form>
    </>
  );
}
