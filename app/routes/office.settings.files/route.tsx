import { SimpleGrid, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { FILE_TYPE_NAMES, FILE_TYPES, MOST_MEGABYTES } from '#app/domain/files/file-types.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { editPeopleRules, peopleSettingsSchema } from '#app/domain/people/edit-people-rules.server.ts';
import { getPeopleRules } from '#app/domain/people/people-rules.server.ts';
import type { PeopleRules } from '#app/domain/people/people-rules.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type FormValues, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Files · Lectern' }];

const formValues = ({ files }: PeopleRules): FormValues =>
  Object.fromEntries(FILE_TYPE_NAMES.map((type) => [`people.files.${type}`, [files[type] === 0 ? '' : String(files[type])]]));

const labels = Object.fromEntries(FILE_TYPE_NAMES.map((type) => [`people.files.${type}`, FILE_TYPES[type].label]));

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const [rules, { version }] = await Promise.all([getPeopleRules(db), getOrganisation(db)]);
  return { initial: formValues(rules), version };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(peopleSettingsSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editPeopleRules(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/settings');
  } catch (error) {
    return refusedRecord(error, form, async () => formValues(await getPeopleRules(context.db)));
  }
}

export default function Files() {
  const { initial, version } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields(initial, answer);
  return (
    <>
      <PageHeader
        title="Files"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Which files are taken on people’s pages, from tutors and with applications. What a file is is read from its contents, not from its name. Files that are kept already stay."
      />
      <RecordForm answer={answer} version={version} labels={labels} submit="Save" cancelTo="/office/settings">
        <FormSection title={`The largest of each type, in megabytes (at most ${MOST_MEGABYTES}; empty: not taken)`}>
          <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="sm">
            {FILE_TYPE_NAMES.map((type) => (
              <TextInput
                key={type}
                {...field(`people.files.${type}`)}
                label={FILE_TYPES[type].label}
                inputMode="numeric"
                rightSection="MB"
                placeholder="Not taken"
              />
            ))}
          </SimpleGrid>
        </FormSection>
      </RecordForm>
    </>
  );
}
