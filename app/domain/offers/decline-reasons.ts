/** What tutors mostly say when they decline. Browser-safe. */
export const DECLINE_REASONS = [
  'The times don’t suit',
  'I have no hours left',
  'It is too far',
  'Not my subject or level',
  'The pay',
  'Something else',
] as const;
