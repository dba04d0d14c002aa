/** How long ago something should have been paid. Browser-safe. */

export const AGES = ['current', 'd30', 'd60', 'd90', 'older'] as const;
export type Age = (typeof AGES)[number];
export const isAge = (text: string | null): text is Age => (AGES as readonly string[]).includes(text ?? '');

export const ageLabels: Record<Age, string> = {
  current: 'Not due yet',
  d30: '1 to 30 days',
  d60: '31 to 60 days',
  d90: '61 to 90 days',
  older: 'Over 90 days',
};
