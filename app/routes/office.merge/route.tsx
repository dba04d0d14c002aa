import { Alert, Anchor, Button, Group, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import { z } from 'zod';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { mergePeople } from '#app/domain/merging/merge-people.server.ts';
import { type MergePreview, type MergeSide, previewMerge } from '#app/domain/merging/queries.server.ts';
import { hangingWords } from '#app/domain/merging/reference-words.ts';
import { MERGE_KINDS } from '#app/domain/merging/references.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';

export const meta: MetaFunction = () => [{ title: 'Merge · Lectern' }];

const pair = z.object({ kind: z.enum(MERGE_KINDS), keep: z.uuid(), merge: z.uuid() });

/** Whoever comes without two records chooses two first. */
function pairOf(request: Request): z.output<typeof pair> {
  const read = pair.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!read.success) throw redirect('/office/duplicates');
  return read.data;
}

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'people.merge');
  const { kind, keep, merge } = pairOf(args.request);
  const preview = await previewMerge(args.context.db, kind, keep, merge);
  if (!preview) throw notFound();
  return { kind, preview };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.merge');
  const { kind, keep, merge } = pairOf(args.request);
  const form = await args.request.formData();
  const take = [...form].flatMap(([name, value]) => (value === 'merged' && name.startsWith('take.') ? [name.slice(5)] : []));
  try {
    await mergePeople(args.context.db, args.context, actorOf(user, args.context), { kind, keepId: keep, mergeId: merge, take });
    return redirect('/office/duplicates?merged');
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return data({ message: error.message }, { status: statusOf(error) });
  }
}

export default function Merge() {
  const { kind, preview } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const { kept, merged } = preview;
  const swap = `/office/merge?kind=${kind}&keep=${merged.id}&merge=${kept.id}`;
  const stop = whyNot(preview);
  return (
    <>
      <PageHeader
        title={`Merge two ${kind}s`}
        back={{ to: '/office/duplicates', label: 'Duplicates' }}
        description="All that hangs on the second moves to the first; the second goes to the archive. It can be undone."
        actions={
          <Button
            component={Link}
            to={swap}
            replace
            variant="default"
            leftSection={<IconArrowsLeftRight size={16} aria-hidden />}
          >
            Keep the other
          </Button>
        }
      />
      <ToldAlert told={told ?? undefined} />
      <Form method="post">
        <Stack gap="md" maw={860}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Side title="Kept" side={kept} kind={kind} />
            <Side title="Merged into it" side={merged} kind={kind} />
          </SimpleGrid>
          {preview.fields.length > 0 ? (
            <Panel title="Where they differ">
              <Stack gap="md">
                {preview.fields.map((field) => (
                  <Radio.Group
                    key={field.column}
                    name={`take.${field.column}`}
                    label={field.label}
                    defaultValue={field.filled ? 'merged' : 'kept'}
                  >
                    <Stack gap={4} mt={4}>
                      {field.filled ? null : <Radio value="kept" label={field.kept} />}
                      <Radio value="merged" label={field.merged} />
                    </Stack>
                  </Radio.Group>
                ))}
              </Stack>
            </Panel>
          ) : null}
          {kept.signsInAs && merged.signsInAs ? (
            <Alert color="yellow" variant="light" title="Both sign in">
              {kept.signsInAs} goes on seeing everything. {merged.signsInAs} will see nothing any more.
            </Alert>
          ) : null}
          {stop ? (
            <Alert color="red" variant="light" title={stop}>
              {merged.hasMoney && !kept.hasMoney && !merged.archived ? (
                <Anchor component={Link} to={swap} replace size="sm" underline="always">
                  Keep {merged.name} instead
                </Anchor>
              ) : null}
            </Alert>
          ) : null}
          <Group>
            <SubmitButton disabled={stop !== null}>Merge them</SubmitButton>
            <Button component={Link} to="/office/duplicates" variant="default">
              Leave them as they are
            </Button>
          </Group>
        </Stack>
      </Form>
    </>
  );
}

function whyNot({ kept, merged }: MergePreview): string | null {
  if (kept.id === merged.id) return 'That is one and the same record.';
  if (kept.erased || merged.erased) return 'One of them was erased.';
  if (kept.archived) return 'The one that is kept is archived: keep the other, or bring it back first.';
  if (merged.hasMoney && kept.hasMoney) return 'Both have entries in the books, which can’t be moved.';
  if (merged.hasMoney) return `${merged.name} (${merged.ref}) has entries in the books: keep that one.`;
  return null;
}

function Side({ title, side, kind }: { title: string; side: MergeSide; kind: string }) {
  const hanging = hangingWords(side.rows);
  return (
    <Panel title={title}>
      <Anchor component={Link} to={`/office/${kind}s/${side.id}`} fw={600}>
        {side.name}
      </Anchor>
      <Text size="sm" c="dimmed">
        {[side.ref, side.archived ? 'archived' : '', side.signsInAs ? `signs in as ${side.signsInAs}` : '']
          .filter(Boolean)
          .join(', ')}
      </Text>
      <Text size="sm" mt="xs">
        {hanging || 'Nothing hangs on it.'}
      </Text>
    </Panel>
  );
}
