import { Anchor, Button, SimpleGrid, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { FORM_KINDS } from '#app/domain/public-forms/form-fields.ts';
import { countAnswers, getPublicForm } from '#app/domain/public-forms/form-queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { FORM_WORDS } from '../form-pages/form-words.ts';

export const meta: MetaFunction = () => [{ title: 'Public forms · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db, clock, config } = args.context;
  const since = new Date(clock().getTime() - 30 * 86_400_000);
  const forms = await Promise.all(
    FORM_KINDS.map(async (kind) => {
      const [{ enabled, embedOrigins }, answers] = await Promise.all([getPublicForm(db, kind), countAnswers(db, kind, since)]);
      return { kind, enabled, embedOrigins, answers };
    }),
  );
  return { forms, origin: config.origin };
}

export default function Forms() {
  const { forms, origin } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Public forms"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Where families ask for lessons and tutors apply, each at its own address and within your website."
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {forms.map(({ kind, enabled, embedOrigins, answers }) => {
          const { title, path, becomes } = FORM_WORDS[kind];
          return (
            <Panel
              key={kind}
              title={title}
              aside={<StatusBadge tone={enabled ? 'good' : 'neutral'} label={enabled ? 'Open to everyone' : 'Closed'} />}
            >
              <Text size="sm">{becomes}</Text>
              <Facts
                rows={[
                  ['Address', enabled ? <Anchor key="a" href={path}>{`${origin}${path}`}</Anchor> : `${origin}${path}`],
                  ['Shown within', embedOrigins.length === 0 ? 'Any website' : embedOrigins.join(', ')],
                  ['Sent in the last 30 days', String(answers)],
                ]}
              />
              <div>
                <Button component={Link} to={`/office/settings/forms/${kind}`} variant="default">
                  {enabled ? 'Change it' : 'Set it up'}
                </Button>
              </div>
            </Panel>
          );
        })}
      </SimpleGrid>
    </>
  );
}
