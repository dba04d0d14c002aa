import { EmptyState } from '#app/ui/empty-state.tsx';

interface Props {
  /** Runs have paid all of these days. */
  closed: boolean;
  action: { to: string; label: string };
}

export function NothingToPay({ closed, action }: Props) {
  return (
    <EmptyState
      title="Nothing to pay in this period"
      text={
        closed
          ? 'It was approved already; the runs are in the list.'
          : 'No settled session, work or adjustment of these days waits to be paid.'
      }
      action={action}
    />
  );
}
