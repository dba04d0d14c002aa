/** What became of what was done to several at once. */
export interface BulkOutcome {
  /** "archived" */
  what: string;
  done: number;
  refused: { id: string; name: string; message: string }[];
}
