/** In characters: about eight thousand holidays. A larger file is some other calendar. */
export const LONGEST_FILE = 1_000_000;
