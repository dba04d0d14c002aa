import type { Kysely } from 'kysely';
import type { Period } from '#app/domain/billing/invoice-run.ts';
import type { DB } from '#db/types.ts';
import { type Bucket, type BucketUnit, bucketsOf, bucketUnit, type Comparison, comparedWith } from './report-period.ts';
import {
  type Grouping,
  type Metric,
  NOTHING,
  type ReportScope,
  rowsOf,
  type TeachingRow,
  type TeachingSums,
} from './teaching.ts';
import { sumTeaching } from './teaching-queries.server.ts';

export interface TeachingReportPage {
  total: TeachingSums;
  /** Of the period it is held against. */
  before: TeachingSums | undefined;
  compared: Period | undefined;
  rows: TeachingRow[];
  /** Each day, week or month of the period, empty ones too. */
  buckets: (Bucket & { sums: TeachingSums })[];
  unit: BucketUnit;
}

/** A report about teaching with everything its page shows; months and weeks come in their order, the rest the most first. */
export async function teachingReport(
  db: Kysely<DB>,
  scope: ReportScope,
  { by, compare, metric }: { by: Grouping; compare: Comparison; metric: Metric },
): Promise<TeachingReportPage> {
  const compared = comparedWith(scope, compare);
  const unit = bucketUnit(scope);
  const overTime = by === 'month' || by === 'week';
  const [now, before] = await Promise.all([
    sumTeaching(db, scope, { by, unit }),
    compared ? sumTeaching(db, { ...scope, ...compared }, { by, unit }) : undefined,
  ]);
  const buckets = bucketsOf(scope, unit).map((bucket) => ({ ...bucket, sums: now.buckets.get(bucket.key) ?? NOTHING }));
  const sums = new Map(now.groups.map((group) => [group.key, group.sums]));
  const rows = overTime
    ? bucketsOf(scope, by).map(({ key }) => ({ key, name: '', now: sums.get(key) ?? NOTHING, before: undefined }))
    : rowsOf(now.groups, before?.groups, metric);
  return { total: now.total, before: before?.total, compared, rows, buckets, unit };
}
