import { Alert, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import type { RequestArgs } from '#app/auth/find-user.server.ts';
import { ROLE_NAMES, ROLES } from '#app/auth/roles.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { changeRoles } from '#app/domain/people/change-roles.server.ts';
import { disableUser } from '#app/domain/people/disable-user.server.ts';
import { enableUser } from '#app/domain/people/enable-user.server.ts';
import { linkUserRecord } from '#app/domain/people/link-user-record.server.ts';
import { resendInvitation } from '#app/domain/people/resend-invitation.server.ts';
import { linkField, rolesField } from '#app/domain/people/user.schema.ts';
import { findUserRow, listLinkableRecords } from '#app/domain/people/user-queries.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm, typed } from '#app/ui/form-answer.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RoleChoice } from '#app/ui/role-choice.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { UserState } from '#app/ui/user-state.tsx';

export const meta: MetaFunction = () => [{ title: 'User · Lectern' }];

const rolesForm = z.object({ roles: rolesField });
const linkForm = z.object({
  type: z.enum(['tutor', 'client', 'student']),
  link: z.union([z.literal('').transform(() => null), linkField]),
});

const DONE: Record<string, string> = {
  roles: 'The roles are changed. They have to sign in again.',
  link: 'Saved. They have to sign in again.',
  disable: 'Disabled. They are out from now on.',
  enable: 'Enabled. They can sign in again.',
  resend: 'A new invitation is on its way; the one before no longer works.',
};

/** The user of the address, for whoever may manage users at all; only owners may change an owner. */
async function readTarget(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const reader = await authorize(args as RequestArgs, 'users.manage');
  const { db, clock } = args.context;
  const id = z.uuid().safeParse(args.params.id);
  const user = id.success ? await findUserRow(db, clock(), id.data) : undefined;
  if (user === undefined) throw notFound();
  return { reader, user };
}

export async function loader(args: LoaderFunctionArgs) {
  const { reader, user } = await readTarget(args);
  const records = await listLinkableRecords(args.context.db);
  const isOwner = reader.roles.includes('owner');
  return {
    user,
    records: records.map(({ value, type, name }) => ({ value, type, name })),
    self: reader.id === user.id,
    mayChange: can(reader, 'users.manage', { type: 'user', userId: user.id, roles: user.roles }),
    grantable: ROLES.filter((role) => isOwner || (role !== 'owner' && (reader.id !== user.id || user.roles.includes(role)))),
    done: DONE[new URL(args.request.url).searchParams.get('done') ?? ''],
  };
}

export async function action(args: ActionFunctionArgs) {
  const { user, reader } = await readTarget(args);
  const { db } = args.context;
  await authorize(args, 'users.manage', { type: 'user', userId: user.id, roles: user.roles });
  const actor = actorOf(reader, args.context);
  const form = await args.request.formData();
  const intent = String(form.get('intent') ?? '');
  const userId = user.id;
  try {
    if (intent === 'roles') {
      const read = readForm(rolesForm, form, ['roles']);
      if (!read.ok) return data<FormAnswer>(read, { status: 400 });
      await changeRoles(db, args.context, actor, { userId, roles: read.value.roles });
    } else if (intent === 'link') {
      const read = readForm(linkForm, form);
      if (!read.ok) return data<FormAnswer>(read, { status: 400 });
      await linkUserRecord(db, args.context, actor, { userId, type: read.value.type, id: read.value.link?.id ?? null });
    } else if (intent === 'disable') await disableUser(db, args.context, actor, { userId });
    else if (intent === 'enable') await enableUser(db, args.context, actor, { userId });
    else if (intent === 'resend') await resendInvitation(db, args.context, actor, { userId });
    else return data<FormAnswer>({ errors: {}, values: {}, message: 'Nothing was asked for.' }, { status: 400 });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { field, message } = error;
    const answer = field === undefined ? { errors: {}, message } : { errors: { [field]: message } };
    return data<FormAnswer>({ values: typed(form), ...answer }, { status: statusOf(error) });
  }
  throw redirect(`/office/settings/users/${userId}?done=${intent}`);
}

export default function UserPage() {
  const { user, self, mayChange, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Stack gap="md" maw={620}>
      <PageHeader
        title={user.name || user.email}
        description={user.name ? user.email : undefined}
        back={{ to: '/office/settings/users', label: 'Users and roles' }}
        actions={<UserState status={user.status} invitedUntil={user.invitedUntil} />}
      />
      {done && !answer ? <Alert role="status">{done}</Alert> : null}
      {answer?.message ? (
        <Alert color="red" role="alert">
          {answer.message}
        </Alert>
      ) : null}
      <Text size="sm" c="dimmed">
        Here since <DateTime value={user.createdAt} show="date" plain />
        {user.lastSeenAt ? (
          <>
            , last seen <DateTime value={user.lastSeenAt} plain />
          </>
        ) : null}
        {user.status === 'invited' && user.invitedUntil ? (
          <>
            , invited until <DateTime value={user.invitedUntil} plain />
          </>
        ) : null}
      </Text>
      {mayChange ? null : <Alert>This is an owner. Only an owner can change an owner.</Alert>}
      <Roles answer={answer} />
      {mayChange ? <Records answer={answer} /> : null}
      {mayChange && !self ? <Door /> : null}
    </Stack>
  );
}

function Roles({ answer }: { answer: FormAnswer | undefined }) {
  const { user, grantable, mayChange, self } = useLoaderData<typeof loader>();
  const form = useFocusFirstError(answer?.errors.roles);
  const chosen = answer?.values.intent === 'roles' ? (answer.values.roles ?? '').split(',') : user.roles;
  return (
    <Paper withBorder p="md" component="section" aria-label="Roles">
      <Form method="post" ref={form} key={user.roles.join()}>
        <Stack gap="md" align="flex-start">
          <RoleChoice
            roles={mayChange ? grantable : user.roles}
            chosen={chosen}
            error={answer?.errors.roles}
            disabled={!mayChange}
          />
          {mayChange ? (
            <>
              <Text size="sm" c="dimmed">
                {self ? 'You' : 'They'} will have to sign in again.
              </Text>
              <SubmitButton name="intent" value="roles">
                Change the roles
              </SubmitButton>
            </>
          ) : null}
        </Stack>
      </Form>
    </Paper>
  );
}

/** Which person of the business they are, one choice for each role that stands for one. */
function Records({ answer }: { answer: FormAnswer | undefined }) {
  const { user, records } = useLoaderData<typeof loader>();
  const types = (['tutor', 'client', 'student'] as const).filter((type) => user.roles.includes(type));
  if (types.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="records-title">
      <Title order={2} id="records-title" mb="xs">
        Who they are here
      </Title>
      <Stack gap="md">
        {types.map((type) => {
          const own = user.links.find((link) => link.type === type);
          const options = records.filter((record) => record.type === type);
          return (
            <Form method="post" key={`${type}-${own?.id ?? ''}`}>
              <input type="hidden" name="intent" value="link" />
              <Stack gap="xs" align="flex-start">
                <NativeSelect
                  label={ROLE_NAMES[type]}
                  name="link"
                  defaultValue={own === undefined ? '' : `${type}:${own.id}`}
                  error={answer?.values.type === type ? answer.errors.link : undefined}
                >
                  <option value="">Nobody on record</option>
                  {own === undefined ? null : <option value={`${type}:${own.id}`}>{own.name}</option>}
                  {options.map((record) => (
                    <option key={record.value} value={record.value}>
                      {record.name}
                    </option>
                  ))}
                </NativeSelect>
                <SubmitButton name="type" value={type} variant="default" size="xs">
                  Save
                </SubmitButton>
              </Stack>
            </Form>
          );
        })}
      </Stack>
    </Paper>
  );
}

function Door() {
  const { user } = useLoaderData<typeof loader>();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="door-title">
      <Title order={2} id="door-title" mb="sm">
        Getting in
      </Title>
      <Stack gap="sm" align="flex-start">
        {user.status === 'invited' ? (
          <Form method="post">
            <SubmitButton name="intent" value="resend" variant="default">
              Send the invitation again
            </SubmitButton>
          </Form>
        ) : null}
        {user.status === 'disabled' ? (
          <Form method="post">
            <SubmitButton name="intent" value="enable" variant="default">
              Let them in again
            </SubmitButton>
          </Form>
        ) : (
          <ConfirmButton
            align="start"
            label="Disable"
            consequence="They are signed out everywhere at once and cannot sign in. Sessions, invoices and history stay as they are."
            confirm="Disable this user"
            fields={{ intent: 'disable' }}
            dangerous
          />
        )}
      </Stack>
    </Paper>
  );
}
