import { Button, Stack, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { ARRANGEMENTS } from '#app/domain/arrange.ts';
import { arrangeCustomField } from '#app/domain/fields/arrange-custom-field.server.ts';
import { ENTITIES, entityNames } from '#app/domain/fields/custom-field.ts';
import { countFilledIn, listCustomFields } from '#app/domain/fields/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { type FieldRow, FieldsOf } from '../field-pages/fields-of.tsx';

export const meta: MetaFunction = () => [{ title: 'Fields · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const [fields, filled] = await Promise.all([listCustomFields(args.context.db), countFilledIn(args.context.db)]);
  const rows = fields.map(({ archivedAt, choices: _, version: __, ...field }): FieldRow & { entity: string } => ({
    ...field,
    archived: archivedAt !== null,
    filled: filled.get(field.id) ?? 0,
  }));
  return { kinds: ENTITIES.map((entity) => ({ entity, rows: rows.filter((row) => row.entity === entity) })) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const to = ARRANGEMENTS.find((arrangement) => arrangement === form.get('to'));
  const id = form.get('id');
  if (!to || typeof id !== 'string' || !/^[\da-f-]{36}$/i.test(id)) throw new Response('Nothing to do.', { status: 400 });
  try {
    await arrangeCustomField(context.db, context, actorOf(user, context), { id, to });
    return redirect('/office/settings/fields');
  } catch (error) {
    return refusedAction(error);
  }
}

export default function Fields() {
  const { kinds } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Fields"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="What you note of people, requests and sessions beside what is there already: who sees it, who fills it in, and where it shows."
      />
      <ToldAlert told={told} />
      <Stack gap="xl" maw={1000}>
        {kinds.map(({ entity, rows }) => (
          <Stack key={entity} gap="sm" component="section" id={entity} aria-label={entityNames[entity].many}>
            <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12, alignItems: 'baseline' }}>
              <Title order={2}>{entityNames[entity].many}</Title>
              <Button
                component={Link}
                to={`/office/settings/fields/new?of=${entity}`}
                variant="default"
                size="compact-sm"
                aria-label={`Add a field of a ${entityNames[entity].one}`}
              >
                Add a field
              </Button>
            </div>
            <FieldsOf entity={entity} rows={rows} />
          </Stack>
        ))}
      </Stack>
    </>
  );
}
