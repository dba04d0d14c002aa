/** What an admin does with one entry of a list that is kept in an order. Browser-safe. */
export const ARRANGEMENTS = ['up', 'down', 'archive', 'restore'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** The order with one entry a place earlier or later; null: it is not in it, or at the end it was to move beyond. */
export function movedOne(order: readonly string[], id: string, to: 'up' | 'down'): string[] | null {
  const at = order.indexOf(id);
  const other = at + (to === 'up' ? -1 : 1);
  if (at < 0 || !order[other]) return null;
  const moved = order.filter((one) => one !== id);
  moved.splice(other, 0, id);
  return moved;
}
