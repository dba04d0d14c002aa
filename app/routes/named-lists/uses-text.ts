import type { NamedRow } from '#app/domain/named-lists/queries.server.ts';

const words = { tutors: 'tutor', clients: 'client', students: 'student', requests: 'request' } as const;

/** "3 tutors, 1 request"; of nobody: "nobody yet". */
export function usesText(uses: NamedRow['uses']): string {
  const parts = (Object.keys(words) as (keyof typeof words)[])
    .filter((kind) => uses[kind] > 0)
    .map((kind) => `${uses[kind]} ${words[kind]}${uses[kind] === 1 ? '' : 's'}`);
  return parts.length === 0 ? 'nobody yet' : parts.join(', ');
}
