import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { listLikelyPairs, listMerges, type MergeRow, type Pair } from '#app/domain/merging/queries.server.ts';
import { MERGE_KINDS } from '#app/domain/merging/references.server.ts';
import { undoMerge } from '#app/domain/merging/undo-merge.server.ts';
import { recordId } from '#app/domain/people/fields.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';

export const meta: MetaFunction = () => [{ title: 'Duplicates · Lectern' }];

const words = { tutor: 'Tutors', client: 'Clients', student: 'Students' } as const;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'people.merge');
  const { db } = args.context;
  const [pairs, merges] = await Promise.all([
    Promise.all(MERGE_KINDS.map(async (kind) => ({ kind, pairs: await listLikelyPairs(db, kind) }))),
    listMerges(db),
  ]);
  const params = new URL(args.request.url).searchParams;
  return {
    groups: pairs.filter((group) => group.pairs.length > 0),
    merges,
    merged: params.has('merged'),
    undone: params.has('undone'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.merge');
  const mergeId = recordId.safeParse((await args.request.formData()).get('merge'));
  if (!mergeId.success) return data({ message: 'That merge is not there.' }, { status: 400 });
  try {
    await undoMerge(args.context.db, args.context, actorOf(user, args.context), { mergeId: mergeId.data });
    return redirect('/office/duplicates?undone');
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return data({ message: error.message }, { status: statusOf(error) });
  }
}

export default function Duplicates() {
  const { groups, merges, merged, undone } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Duplicates"
        description="Records that look like one person: the same name, e-mail or telephone. Merged, all that hangs on both hangs on one, and it can be undone."
      />
      <ToldAlert told={told ?? undefined} />
      {merged || undone ? (
        <Alert
          color="green"
          variant="light"
          role="status"
          mb="md"
          title={merged ? 'Merged. It can be undone below.' : 'Undone: they are two records again.'}
        />
      ) : null}
      <Stack gap="lg">
        {groups.length === 0 ? (
          <EmptyState
            title="No duplicates"
            text="No two active tutors, clients or students share a name, an e-mail or a telephone number."
          />
        ) : (
          groups.map((group) => (
            <Panel key={group.kind} title={words[group.kind]}>
              <Pairs pairs={group.pairs} />
            </Panel>
          ))
        )}
        {merges.length > 0 ? (
          <Panel title="Merged">
            <Merges merges={merges} />
          </Panel>
        ) : null}
      </Stack>
    </>
  );
}

function Pairs({ pairs }: { pairs: Pair[] }) {
  const person = (kind: string, id: string, name: string, ref: string) => (
    <Group gap={6} component="span">
      <Anchor component={Link} to={`/office/${kind}s/${id}`} size="sm" fw={500}>
        {name}
      </Anchor>
      <Text span size="xs" c="dimmed">
        {ref}
      </Text>
    </Group>
  );
  return (
    <DataTable
      caption="Likely duplicates"
      rows={pairs}
      rowKey={(pair) => `${pair.firstId} ${pair.secondId}`}
      columns={[
        {
          key: 'first',
          header: 'One',
          primary: true,
          cell: (pair) => person(pair.kind, pair.firstId, pair.firstName, pair.firstRef),
        },
        { key: 'second', header: 'Other', cell: (pair) => person(pair.kind, pair.secondId, pair.secondName, pair.secondRef) },
        { key: 'by', header: 'The same', cell: (pair) => pair.by.join(', ') },
        {
          key: 'merge',
          header: 'Merge',
          align: 'right',
          cell: (pair) => (
            <Button
              component={Link}
              to={`/office/merge?kind=${pair.kind}&keep=${pair.firstId}&merge=${pair.secondId}`}
              variant="default"
              size="compact-sm"
              aria-label={`Compare ${pair.firstName} ${pair.firstRef} and ${pair.secondRef}`}
            >
              Compare
            </Button>
          ),
        },
      ]}
    />
  );
}

function Merges({ merges }: { merges: MergeRow[] }) {
  return (
    <DataTable
      caption="Merges"
      rows={merges}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'kept',
          header: 'Kept',
          primary: true,
          cell: (row) => (
            <Anchor component={Link} to={`/office/${row.kind}s/${row.keptId}`} size="sm" fw={500}>
              {row.keptName}
            </Anchor>
          ),
        },
        { key: 'merged', header: 'Merged into it', cell: (row) => row.mergedName },
        { key: 'when', header: 'When', cell: (row) => <DateTime value={row.doneAt} /> },
        { key: 'by', header: 'By', cell: (row) => row.doneBy ?? '–', wideOnly: true },
        {
          key: 'undo',
          header: 'Undo',
          align: 'right',
          cell: (row) =>
            row.undoneAt ? (
              <Text size="sm" c="dimmed">
                Undone
              </Text>
            ) : (
              <ConfirmButton
                label="Undo"
                size="compact-sm"
                fields={{ merge: row.id }}
                consequence="What was moved goes back. What came to the kept record since stays with it."
                confirm="Make them two again"
              />
            ),
        },
      ]}
    />
  );
}
