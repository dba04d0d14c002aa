import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { TutorRatings } from '#app/domain/feedback/feedback-queries.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { useViewer } from '#app/ui/viewer.ts';

interface TutorRatingsTableProps {
  rows: readonly TutorRatings[];
  /** Names of the months, the oldest first. */
  months: readonly string[];
}

/** What families say of each tutor, month by month. */
export function TutorRatingsTable({ rows, months }: TutorRatingsTableProps) {
  const { locale } = useViewer();
  const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const columns: Column<TutorRatings>[] = [
    {
      key: 'tutor',
      header: 'Tutor',
      primary: true,
      cell: (row) => (
        <Anchor component={Link} to={`/office/feedback?tutor=${row.tutorId}&side=family`} inherit>
          {row.tutorName}
        </Anchor>
      ),
    },
    ...months.map(
      (month, index): Column<TutorRatings> => ({
        key: `month-${month}`,
        header: month,
        align: 'right',
        wideOnly: true,
        cell: (row) => (row.byMonth[index] == null ? '–' : one.format(row.byMonth[index])),
      }),
    ),
    {
      key: 'mean',
      header: 'Mean of 5',
      align: 'right',
      cell: (row) => (
        <Text fw={600} span>
          {one.format(row.mean)}
        </Text>
      ),
    },
    { key: 'ratings', header: 'Ratings', align: 'right', cell: (row) => row.ratings },
    { key: 'low', header: 'Low', align: 'right', cell: (row) => (row.low > 0 ? row.low : '') },
    { key: 'new', header: 'New', align: 'right', cell: (row) => (row.unseen > 0 ? row.unseen : '') },
  ];
  return <DataTable caption="Ratings by tutor" columns={columns} rows={rows} rowKey={(row) => row.tutorId} />;
}
