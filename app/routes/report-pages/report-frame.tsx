import { Button } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { type ReportId, reportOf } from '#app/domain/reports/catalogue.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Definition } from './definition.tsx';

/** What every report has around it: its question, its file, and what exactly it counts. */
export function ReportFrame({ id, query, children }: { id: ReportId; query: string; children: ReactNode }) {
  const report = reportOf(id);
  return (
    <>
      <PageHeader
        title={report.title}
        description={report.question}
        back={{ to: '/office/reports', label: 'Reports' }}
        actions={
          <Button component={Link} to={`/office/reports/${id}.csv?${query}`} reloadDocument variant="default">
            CSV
          </Button>
        }
      />
      {children}
      <Definition report={report} />
    </>
  );
}
