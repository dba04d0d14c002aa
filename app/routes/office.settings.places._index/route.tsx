import { Anchor, Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { readListFilter } from '#app/domain/people/list-filter.ts';
import { listPlaces } from '#app/domain/places/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';

export const meta: MetaFunction = () => [{ title: 'Places · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'place.manage');
  const filter = readListFilter(new URL(args.request.url).searchParams);
  return { filter, page: await listPlaces(args.context.db, filter), settings: can(user, 'organisation.manage') };
}

const add = { to: '/office/settings/places/new', label: 'Add a place' };

export default function Places() {
  const { filter, page, settings } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Places"
        {...(settings ? { back: { to: '/office/settings', label: 'Settings' } } : {})}
        description="Where sessions in person are: your own places, schools and families’ homes. Between two of them a tutor needs time."
        actions={
          <>
            <Button component={Link} to="/office/settings/rooms" variant="default">
              Rooms
            </Button>
            <Button component={Link} to={add.to}>
              {add.label}
            </Button>
          </>
        }
      />
      <RecordList
        page={page}
        filter={filter}
        path="/office/settings/places"
        many="places"
        searchLabel="Search places by name, address or family"
        empty={{
          title: 'No places yet',
          text: 'Add where your sessions in person are. With their coordinates, the way between two sessions is kept free by itself.',
          action: add,
        }}
        columns={[
          {
            key: 'name',
            header: 'Name',
            primary: true,
            cell: (row) => (
              <Anchor component={Link} to={`/office/settings/places/${row.id}`} size="sm" fw={500}>
                {row.name}
              </Anchor>
            ),
          },
          { key: 'address', header: 'Address', cell: (row) => row.address.replaceAll('\n', ', ') || '–' },
          { key: 'family', header: 'Home of', cell: (row) => row.clientName ?? '–' },
          { key: 'rooms', header: 'Rooms', align: 'right', cell: (row) => row.rooms || '–' },
          { key: 'map', header: 'On the map', cell: (row) => (row.located ? 'Yes' : 'Not yet') },
        ]}
      />
    </>
  );
}
