import { customFilterParams } from '#app/domain/fields/custom-filter.ts';
import type { RequestFilter } from '#app/domain/requests/request-filter.ts';

/** The filter as it stands in the address, for links that keep it. */
export function filterParams(filter: RequestFilter): Record<string, string> {
  return {
    ...(filter.q ? { q: filter.q } : {}),
    ...(filter.subjectId ? { subject: filter.subjectId } : {}),
    ...(filter.assignee ? { assignee: filter.assignee } : {}),
    ...(filter.urgency ? { urgency: filter.urgency } : {}),
    ...(filter.mode ? { mode: filter.mode } : {}),
    ...(filter.ageing ? { ageing: '1' } : {}),
    ...customFilterParams(filter.custom ?? []),
  };
}

export const pipelineAddress = (filter: RequestFilter, over: Record<string, string> = {}) => {
  const params = new URLSearchParams({ ...filterParams(filter), ...over }).toString();
  return `/office/requests${params ? `?${params}` : ''}`;
};
