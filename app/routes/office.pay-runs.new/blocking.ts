/** What keeps a session out of the pay and can be mended here. */
export const BLOCKING = ['unclosed', 'unapproved', 'missing_rate'] as const;
