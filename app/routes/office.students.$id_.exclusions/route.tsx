import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { excludeTutor } from '#app/domain/matching/exclude-tutor.server.ts';
import { excludeTutorSchema } from '#app/domain/matching/exclusion.schema.ts';
import { listExclusions } from '#app/domain/matching/exclusion-queries.server.ts';
import { readmitTutor } from '#app/domain/matching/readmit-tutor.server.ts';
import { listTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { getStudent } from '#app/domain/people/queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Tutors ruled out for ${data?.student.name ?? 'a student'} · Lectern` },
];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'people.write');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const [{ name }, exclusions, tutors] = await Promise.all([
    found(getStudent(db, id)),
    listExclusions(db, id),
    listTutorChoices(db),
  ]);
  const out = new Set(exclusions.map(({ tutorId }) => tutorId));
  return { student: { id, name }, exclusions, tutors: tutors.filter((tutor) => !out.has(tutor.id)) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const studentId = recordIdOf(args.params);
  const actor = actorOf(user, context);
  const form = await request.formData();
  const readmit = form.get('readmit');
  if (typeof readmit === 'string') {
    if (isId(readmit)) await readmitTutor(context.db, context, actor, { studentId, tutorId: readmit });
    return redirect(`/office/students/${studentId}/exclusions`);
  }
  const read = readRecord(excludeTutorSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await excludeTutor(context.db, context, actor, { ...read.value, studentId });
    return redirect(`/office/students/${studentId}/exclusions`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

const labels = { tutorId: 'Tutor', reason: 'Why' };

export default function Exclusions() {
  const { student, exclusions, tutors } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields({}, answer);
  const back = `/office/students/${student.id}`;
  return (
    <>
      <PageHeader
        title="Tutors ruled out"
        back={{ to: back, label: student.name }}
        description="Matching never proposes them for this student, whatever else speaks for them. What is engaged and planned stays."
      />
      <Stack gap="lg">
        {exclusions.length > 0 ? (
          <DataTable
            caption="Tutors ruled out"
            rows={exclusions}
            rowKey={(row) => row.tutorId}
            columns={[
              { key: 'tutor', header: 'Tutor', primary: true, cell: (row) => row.tutorName },
              { key: 'reason', header: 'Why', cell: (row) => row.reason || <Text c="dimmed">Nobody has said</Text> },
              {
                key: 'readmit',
                header: 'Take back',
                cell: (row) => (
                  <Form method="post">
                    <SubmitButton
                      name="readmit"
                      value={row.tutorId}
                      variant="default"
                      size="xs"
                      aria-label={`Propose ${row.tutorName} again`}
                    >
                      Propose again
                    </SubmitButton>
                  </Form>
                ),
              },
            ]}
          />
        ) : null}
        <Panel title="Rule one out">
          <RecordForm answer={answer} labels={labels} submit="Rule out" cancelTo={back} key={exclusions.length}>
            <NativeSelect
              {...field('tutorId')}
              label={labels.tutorId}
              data={[{ value: '', label: 'Choose a tutor' }, ...tutors.map(({ id, name }) => ({ value: id, label: name }))]}
              required
            />
            <TextInput {...field('reason')} label={labels.reason} description="Seen by the office only" maxLength={500} />
          </RecordForm>
        </Panel>
      </Stack>
    </>
  );
}
