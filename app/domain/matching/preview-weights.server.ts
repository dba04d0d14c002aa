import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { allowedPair } from './hard-rules.ts';
import { loadMatchFacts } from './load-match-facts.server.ts';
import type { ScorePart } from './match-facts.ts';
import { partWorths } from './score.ts';

const MOST_REQUESTS = 50;

export interface WeightsPreview {
  /** Open requests to try the weights on, the newest first. */
  requests: { id: string; label: string }[];
  requestId: string | null;
  /** Who fits that one, with what each part is worth from 0 to 1. */
  tutors: { id: string; name: string; worths: Record<ScorePart, number> }[];
}

/** A real request to try weights on: what speaks for each tutor, before it is weighed. */
export async function loadWeightsPreview(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  asked: string | null,
): Promise<WeightsPreview> {
  const requests = await listToTry(db);
  const requestId = requests.find(({ id }) => id === asked)?.id ?? requests[0]?.id ?? null;
  if (requestId === null) return { requests, requestId, tutors: [] };
  const market = await loadMatchFacts(db, ctx, { requestIds: [requestId] });
  const [request] = market.requests;
  const tutors = (request ? market.tutorsFor(request) : []).flatMap((tutor) => {
    const pair = request && allowedPair(request, tutor, market.terms);
    return pair ? [{ id: tutor.id, name: tutor.name, worths: partWorths(pair) }] : [];
  });
  return { requests, requestId, tutors };
}

async function listToTry(db: Kysely<DB>): Promise<WeightsPreview['requests']> {
  const { rows } = await sql<{ id: string; label: string }>`
    SELECT r.id, concat(st.first_name, ' ', st.last_name, ', ', s.name, ' (', r.ref, ')') AS label
    FROM request r JOIN student st ON st.id = r.student_id JOIN subject s ON s.id = r.subject_id
    WHERE r.closed_at IS NULL ORDER BY r.created_at DESC, r.id LIMIT ${MOST_REQUESTS}`.execute(db);
  return rows;
}
