import { Anchor, Radio, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { checkClearance } from '#app/domain/clearances/check-clearance.server.ts';
import { clearanceEditSchema } from '#app/domain/clearances/clearance.schema.ts';
import type { ClearanceStatus } from '#app/domain/clearances/clearance.ts';
import { type ClearanceRow, getClearance } from '#app/domain/clearances/queries.server.ts';
import { removeClearance } from '#app/domain/clearances/remove-clearance.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, type FormValues, recordFields } from '#app/ui/record-answer.ts';
import { Facts, Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.clearance.typeName} of ${data.clearance.tutorName} · Lectern` : 'Clearance · Lectern' },
];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'people.read');
  return { clearance: await found(getClearance(args.context.db, recordIdOf(args.params))) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const { db } = context;
  const id = recordIdOf(args.params);
  const { tutorId } = await found(getClearance(db, id));
  const back = `/office/tutors/${tutorId}/clearances`;
  const actor = actorOf(user, context);
  const form = await request.formData();
  if (form.get('intent') === 'remove') {
    await removeClearance(db, context, actor, { id });
    return redirect(back);
  }
  const read = readRecord(clearanceEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await checkClearance(db, context, actor, read.value);
    return redirect(back);
  } catch (error) {
    return refusedRecord(error, form, async () => valuesOf(await getClearance(db, id)));
  }
}

const valuesOf = ({
  number,
  issuedOn,
  expiresOn,
  status,
  note,
}: Pick<ClearanceRow, 'number' | 'issuedOn' | 'expiresOn' | 'status' | 'note'>): FormValues =>
  asFormValues({ number, issuedOn, expiresOn, status, note });

const labels = {
  status: 'What you found',
  number: 'Number',
  issuedOn: 'Issued on',
  expiresOn: 'Good until',
  note: 'Note for the tutor',
};

const findings: { value: ClearanceStatus; label: string; description: string }[] = [
  { value: 'valid', label: 'In order', description: 'It counts from now on, and the tutor is told.' },
  { value: 'rejected', label: 'Not accepted', description: 'The tutor is told why, and asked for another.' },
  { value: 'to_check', label: 'Still to check', description: 'It doesn’t count yet.' },
];

export default function Clearance() {
  const { clearance } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field, chosen } = recordFields(valuesOf(clearance), answer);
  const back = `/office/tutors/${clearance.tutorId}/clearances`;
  return (
    <>
      <PageHeader
        title={clearance.typeName}
        back={{ to: back, label: `Clearances of ${clearance.tutorName}` }}
        actions={
          <ConfirmButton
            label="Remove"
            consequence="For what was entered by mistake. Its file stays among the tutor’s files."
            confirm="Remove it"
            fields={{ intent: 'remove' }}
          />
        }
      />
      <RecordColumns>
        <RecordColumn>
          <RecordForm answer={answer} version={clearance.version} labels={labels} submit="Save" cancelTo={back}>
            <Radio.Group
              label={labels.status}
              error={answer?.errors.status}
              name="status"
              defaultValue={findings.find(({ value }) => chosen('status', value))?.value ?? ''}
            >
              <Stack gap={8} mt={6}>
                {findings.map(({ value, label, description }) => (
                  <Radio key={value} value={value} label={label} description={description} />
                ))}
              </Stack>
            </Radio.Group>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              <TextInput {...field('issuedOn')} type="date" label={labels.issuedOn} />
              <TextInput {...field('expiresOn')} type="date" label={labels.expiresOn} description="Its last good day" />
              <TextInput {...field('number')} label={labels.number} autoComplete="off" />
            </SimpleGrid>
            <Textarea
              {...field('note')}
              label={labels.note}
              description="Goes into the mail, and stands on their page. Needed where it is not accepted."
              autosize
              minRows={2}
            />
          </RecordForm>
        </RecordColumn>
        <RecordColumn>
          <Panel title="The paper">
            {clearance.file ? (
              <Anchor href={`/files/${clearance.file.id}`} size="sm">
                Download {clearance.file.name}
              </Anchor>
            ) : (
              <Text size="sm" c="dimmed">
                It was entered without a file.
              </Text>
            )}
            <Facts
              rows={[
                [
                  'Tutor',
                  <Anchor key="tutor" component={Link} to={`/office/tutors/${clearance.tutorId}`} size="sm">
                    {clearance.tutorName}
                  </Anchor>,
                ],
                ['Sent in', <DateTime key="sent" value={clearance.createdAt} show="date" plain />],
                ['Good until', clearance.until ? <LocalDate key="until" value={clearance.until} /> : 'for ever'],
                [
                  'Checked',
                  clearance.checkedAt ? (
                    <span key="checked">
                      {clearance.checkedBy ?? 'Somebody'}, <DateTime value={clearance.checkedAt} show="date" plain />
                    </span>
                  ) : null,
                ],
              ]}
            />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
