import type { Gender, Match, TutorFacts } from '#app/domain/matching/match-facts.ts';

/** What the list of tutors is narrowed to; it stands in the address. */
export interface MatchFilter {
  /** Part of a name. */
  q: string;
  gender: Gender | '';
  language: string;
  /** So many minutes away at most; who teaches it online is not away. */
  within: number | null;
  /** Only who knows the student. */
  known: boolean;
  /** Only where all times are wished ones. */
  wished: boolean;
}

const GENDERS = ['female', 'male', 'other'] as const;

export function readMatchFilter(params: URLSearchParams): MatchFilter {
  const within = Number(params.get('within') ?? '');
  return {
    q: (params.get('q') ?? '').trim().slice(0, 100),
    gender: GENDERS.find((gender) => gender === params.get('gender')) ?? '',
    language: /^[A-Za-z-]{2,12}$/.test(params.get('language') ?? '') ? (params.get('language') ?? '') : '',
    within: Number.isInteger(within) && within > 0 && within <= 1440 ? within : null,
    known: params.get('known') === '1',
    wished: params.get('wished') === '1',
  };
}

export const isFiltered = ({ q, gender, language, within, known, wished }: MatchFilter): boolean =>
  q !== '' || gender !== '' || language !== '' || within !== null || known || wished;

export function passes(
  filter: MatchFilter,
  { match, tutor, studentId }: { match: Match; tutor: TutorFacts; studentId: string },
): boolean {
  if (filter.q !== '' && !plain(tutor.name).includes(plain(filter.q))) return false;
  if (filter.gender !== '' && tutor.gender !== filter.gender) return false;
  if (filter.language !== '' && !tutor.languages.includes(filter.language)) return false;
  if (filter.within !== null && match.travelMinutes !== null && match.travelMinutes > filter.within) return false;
  if (filter.known && !tutor.sessionsWith.has(studentId)) return false;
  return !filter.wished || match.slots.every((slot) => slot.wished);
}

/** `Zoe` finds `Zoë`. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
