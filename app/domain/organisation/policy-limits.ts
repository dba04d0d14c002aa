/** So many steps of notice are told apart below the first. Browser-safe, without a schema. */
export const MOST_STEPS = 6;
