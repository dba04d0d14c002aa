import { useMounted } from '@mantine/hooks';
import { useRevalidator } from '@remix-run/react';
import { lazy, Suspense } from 'react';
import type { Board } from './board-data.ts';
import type { BoardPageData } from './page-data.ts';
import type { Operations } from './use-operations.tsx';
import type { Waiting } from './waiting.ts';

// Only who opens them loads them.
const BookDrawer = lazy(() => import('./book-drawer.tsx'));
const SessionDrawer = lazy(() => import('./session-drawer.tsx'));
const Help = lazy(() => import('./help.tsx'));

export interface Booking {
  /** The booking form's address: what is known of it. */
  search: string;
  waiting?: Waiting | undefined;
}

interface Props {
  page: BoardPageData;
  board: Board;
  operations: Operations;
  booking: Booking | null;
  setBooking: (booking: Booking | null) => void;
  /** The session that the address names. */
  open: string;
  cancelling: boolean;
  helping: boolean;
  onCopy: (sessionId: string) => void;
  onClose: () => void;
  onHelped: () => void;
}

/** What opens beside the board: the booking form, a session, the keys. */
export function Drawers(props: Props) {
  const { page, board, operations, booking, setBooking, open, onClose } = props;
  const awake = useMounted();
  const { revalidate } = useRevalidator();
  // Nothing while the page comes alive: what is still asleep can't be updated.
  if (!awake) return null;
  return (
    <Suspense>
      {booking ? (
        <BookDrawer
          key={booking.search}
          search={booking.search}
          waiting={booking.waiting}
          onBooked={(id, words, final) => {
            setBooking(null);
            operations.booked(id, words, final);
            // What waited has its place now.
            if (booking.waiting) revalidate();
          }}
          onClose={onClose}
        />
      ) : open ? (
        <SessionDrawer
          key={open}
          id={open}
          cancelling={props.cancelling}
          board={board}
          page={page}
          operations={operations}
          onCopy={() => props.onCopy(open)}
          onBook={(search) => setBooking({ search })}
          onClose={onClose}
        />
      ) : null}
      {props.helping ? <Help onClose={props.onHelped} /> : null}
    </Suspense>
  );
}
