import type { AppLoadContext } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import type { Action } from '#app/auth/can.ts';
import { seriesInWords } from '#app/domain/scheduling/repeat.ts';
import { getSeriesDetail } from '#app/domain/series/queries.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

interface Args {
  request: Request;
  context: AppLoadContext;
  params: { id?: string | undefined };
}

/** What every page of a series begins with. */
export async function loadSeries(args: Args, action: Action) {
  const user = await authorize(args, action);
  const { context } = args;
  const [series, { organisation, reader }] = await Promise.all([
    found(getSeriesDetail(context.db, recordIdOf(args.params))),
    readerFor(user, context),
  ]);
  const words = seriesInWords(series, reader.locale);
  return {
    user,
    context,
    series,
    organisation,
    reader,
    actor: actorOf(user, context),
    title: series.courseName ?? (series.title || series.subjectName),
    rule: words.charAt(0).toUpperCase() + words.slice(1),
    zoneText: reader.zone === series.zone ? '' : ` (${series.zone.split('/').at(-1)?.replaceAll('_', ' ')} time)`,
  };
}
