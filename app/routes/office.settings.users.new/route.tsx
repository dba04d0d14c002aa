import { Alert, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { ROLE_NAMES, ROLES } from '#app/auth/roles.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { inviteUser } from '#app/domain/people/invite-user.server.ts';
import { inviteUserInput } from '#app/domain/people/user.schema.ts';
import { type LinkableRecord, listLinkableRecords } from '#app/domain/people/user-queries.server.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm, typed } from '#app/ui/form-answer.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RoleChoice } from '#app/ui/role-choice.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

export const meta: MetaFunction = () => [{ title: 'Invite somebody · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'users.manage');
  const records = await listLinkableRecords(args.context.db);
  // From a person's page: who is to be invited is known already.
  const asked = new URL(args.request.url).searchParams.get('link');
  const known = records.find((record) => record.value === asked);
  return {
    records,
    grantable: ROLES.filter((role) => role !== 'owner' || user.roles.includes('owner')),
    link: known?.value ?? '',
    name: known?.name ?? '',
    email: known?.email ?? '',
    roles: known === undefined ? [] : [known.type],
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'users.manage');
  const form = await request.formData();
  if (form.get('link') === '') form.delete('link');
  const read = readForm(inviteUserInput, form, ['roles']);
  if (!read.ok) return data<FormAnswer>(read, { status: 400 });
  try {
    await inviteUser(context.db, context, actorOf(user, context), read.value);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { field, message } = error;
    const answer = field === undefined ? { errors: {}, message } : { errors: { [field]: message } };
    return data<FormAnswer>({ values: typed(form), ...answer }, { status: statusOf(error) });
  }
  throw redirect('/office/settings/users?invited');
}

export default function Invite() {
  const { records, grantable, ...known } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const roles = answer === undefined ? known.roles : (answer.values.roles ?? '').split(',');
  return (
    <Stack gap="md" maw={520}>
      <PageHeader
        title="Invite somebody"
        description="They get a mail with a link to choose a password. It works once, for seven days."
        back={{ to: '/office/settings/users', label: 'Users and roles' }}
      />
      {answer?.message === undefined ? null : (
        <Alert color="red" role="alert">
          {answer.message}
        </Alert>
      )}
      <Form method="post" ref={form} noValidate>
        <Stack gap="md">
          <TextInput
            label="Name"
            name="name"
            autoComplete="off"
            required
            defaultValue={answer?.values.name ?? known.name}
            error={answer?.errors.name}
          />
          <TextInput
            label="E-mail address"
            name="email"
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            required
            defaultValue={answer?.values.email ?? known.email}
            error={answer?.errors.email}
          />
          <RoleChoice roles={grantable} chosen={roles} error={answer?.errors.roles} />
          <NativeSelect
            label="Who they are here"
            description="Links their sign-in to a tutor, client or student on record, so that they see what is theirs."
            name="link"
            defaultValue={answer?.values.link ?? known.link}
            error={answer?.errors.link}
          >
            <option value="">Nobody on record</option>
            <RecordOptions records={records} />
          </NativeSelect>
          <SubmitButton style={{ alignSelf: 'flex-start' }}>Send the invitation</SubmitButton>
        </Stack>
      </Form>
    </Stack>
  );
}

function RecordOptions({ records }: { records: readonly LinkableRecord[] }) {
  return (['tutor', 'client', 'student'] as const).map((type) => {
    const own = records.filter((record) => record.type === type);
    if (own.length === 0) return null;
    return (
      <optgroup key={type} label={`${ROLE_NAMES[type]}s`}>
        {own.map((record) => (
          <option key={record.value} value={record.value}>
            {record.email === null ? record.name : `${record.name}, ${record.email}`}
          </option>
        ))}
      </optgroup>
    );
  });
}
