import { Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import { authorize } from '#app/auth/authorize.server.ts';
import { type Action, can } from '#app/auth/can.ts';
import { type FoundKind, search } from '#app/domain/search/search.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { findPages } from '#app/ui/search-pages.ts';
import { type FoundGroup, groupFound } from './view-found.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.q ? `${data.q} · ` : ''}Search · Lectern` }];

/** Who may see a kind may find it: the same word as on its own page. */
const seen: Record<FoundKind, Action> = {
  tutor: 'people.read',
  client: 'people.read',
  student: 'people.read',
  request: 'request.manage',
  session: 'session.list',
  course: 'session.list',
  program: 'people.read',
  subject: 'program.write',
  place: 'place.manage',
  invoice: 'money.read',
  credit_note: 'money.read',
};

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'office.enter');
  const q = (new URL(args.request.url).searchParams.get('q') ?? '').trim().slice(0, 100);
  const may = new Set((Object.keys(seen) as FoundKind[]).filter((kind) => can(user, seen[kind])));
  const groups = groupFound(await search(args.context.db, q, may));
  const pages = findPages(user, q);
  if (pages.length > 0) {
    groups.push({ label: 'Pages and actions', items: pages.map((page) => ({ ...page, id: page.to, archived: false })) });
  }
  return { q, groups };
}

export default function Search() {
  const { q, groups } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Search" />
      <Form method="get" role="search">
        <Group gap="xs" wrap="nowrap" mb="lg">
          <TextInput
            key={q}
            type="search"
            name="q"
            defaultValue={q}
            autoFocus={q === ''}
            aria-label="Search everything"
            placeholder="A name, an e-mail, a telephone number, a reference"
            leftSection={<IconSearch size={16} aria-hidden />}
            flex={1}
            maw={480}
          />
          <Button type="submit">Search</Button>
        </Group>
      </Form>
      {q === '' ? (
        <Text c="dimmed">
          People, requests, sessions, documents and pages. Parts of words will do, and a letter may be wrong or without its
          accent.
        </Text>
      ) : groups.length === 0 ? (
        <Text c="dimmed">Nothing is found for “{q}”. Try fewer letters, or another word.</Text>
      ) : (
        <Stack gap="md" maw={720}>
          {groups.map((group) => (
            <Results key={group.label} group={group} />
          ))}
        </Stack>
      )}
    </>
  );
}

function Results({ group }: { group: FoundGroup }) {
  return (
    <Paper component="section" withBorder p="sm">
      <Title order={2} size="sm" mb={4}>
        {group.label}
      </Title>
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
        {group.items.map((item) => (
          <li key={item.id}>
            <Anchor component={Link} to={item.to} size="sm" fw={500} c={item.archived ? 'dimmed' : undefined}>
              {item.title}
            </Anchor>
            {item.detail ? (
              <Text span size="sm" c="dimmed">
                {' '}
                {item.detail}
              </Text>
            ) : null}
          </li>
        ))}
      </Stack>
    </Paper>
  );
}
