import { isId } from '#app/domain/is-id.ts';

/** Which feedback the office's page shows: its address, word for word. */
export interface Filter {
  tutor: string;
  /** What families say of lessons, what tutors say, or both. */
  side: 'family' | 'tutor' | '';
  show: 'new' | 'low' | '';
  page: number;
}

export function readFilter(params: URLSearchParams): Filter {
  const side = params.get('side');
  const show = params.get('show');
  const tutor = params.get('tutor') ?? '';
  const page = Number(params.get('page') ?? '1');
  return {
    tutor: isId(tutor) ? tutor : '',
    side: side === 'family' || side === 'tutor' ? side : '',
    show: show === 'new' || show === 'low' ? show : '',
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

export const isNarrowed = ({ tutor, side, show }: Filter) => tutor !== '' || side !== '' || show !== '';

export function addressOf({ tutor, side, show, page }: Filter): string {
  const params = new URLSearchParams();
  if (tutor) params.set('tutor', tutor);
  if (side) params.set('side', side);
  if (show) params.set('show', show);
  if (page > 1) params.set('page', String(page));
  return params.size > 0 ? `/office/feedback?${params}` : '/office/feedback';
}
