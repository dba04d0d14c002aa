import { Anchor, Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { readListFilter } from '#app/domain/people/list-filter.ts';
import { listRooms } from '#app/domain/places/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';

export const meta: MetaFunction = () => [{ title: 'Rooms · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'place.manage');
  const filter = readListFilter(new URL(args.request.url).searchParams);
  const { db, clock } = args.context;
  return { filter, page: await listRooms(db, filter, clock()), settings: can(user, 'organisation.manage') };
}

const add = { to: '/office/settings/rooms/new', label: 'Add a room' };

export default function Rooms() {
  const { filter, page, settings } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Rooms"
        {...(settings ? { back: { to: '/office/settings', label: 'Settings' } } : {})}
        description="A room holds one session at a time: two in it at once are refused, whoever books."
        actions={
          <>
            <Button component={Link} to="/office/settings/places" variant="default">
              Places
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
        path="/office/settings/rooms"
        many="rooms"
        searchLabel="Search rooms by name or place"
        empty={{
          title: 'No rooms yet',
          text: 'Where you have rooms of your own, add them: each is given to one session at a time, with as many students as fit in.',
          action: add,
        }}
        columns={[
          {
            key: 'name',
            header: 'Name',
            primary: true,
            cell: (row) => (
              <Anchor component={Link} to={`/office/settings/rooms/${row.id}`} size="sm" fw={500}>
                {row.name}
              </Anchor>
            ),
          },
          { key: 'place', header: 'Place', cell: (row) => row.placeName ?? '–' },
          { key: 'capacity', header: 'Students at most', align: 'right', cell: (row) => row.capacity ?? 'No limit' },
          { key: 'planned', header: 'Planned', align: 'right', cell: (row) => row.planned },
        ]}
      />
    </>
  );
}
