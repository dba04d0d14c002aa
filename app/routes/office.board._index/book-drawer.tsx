import { Skeleton, Stack, Text } from '@mantine/core';
import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { action as book } from '../office.board.book/route.ts';
import { BookingForm } from '../office.sessions.new/booking-form.tsx';
import type { loader as newBooking } from '../office.sessions.new/route.tsx';
import { SideDrawer } from './side-drawer.tsx';
import type { Waiting } from './waiting.ts';

interface Props {
  /** The booking form's address: what is known of the booking. */
  search: string;
  waiting: Waiting | undefined;
  /** `final`: why it can't be undone. */
  onBooked: (sessionId: string, words: string, final?: string) => void;
  onClose: () => void;
}

/** The booking form beside the board, with what was drawn filled in. */
export default function BookDrawer({ search, waiting, onBooked, onClose }: Props) {
  const blank = useFetcher<typeof newBooking>();
  const sent = useFetcher<typeof book>();
  const { load } = blank;
  useEffect(() => load(`/office/sessions/new?${search}`), [load, search]);
  const answer = sent.data;
  const done = useRef(onBooked);
  done.current = onBooked;
  const request = waiting?.kind === 'request' ? waiting : undefined;
  useEffect(() => {
    if (!answer?.booked) return;
    const words = [answer.who, ...answer.warnings].join('. ');
    const why = 'An accepted request can’t be undone here: cancel the session on its page, and the family is told.';
    done.current(answer.booked, words, request ? why : undefined);
  }, [answer, request]);
  const title = request ? `Accept ${request.student}’s request` : waiting ? `Book for ${waiting.student}` : 'Book a session';
  const page = blank.data;
  return (
    <SideDrawer title={title} label={title} onClose={onClose}>
      {page === undefined ? (
        <Stack gap="sm" aria-busy>
          <Skeleton height={36} />
          <Skeleton height={120} />
          <Skeleton height={36} />
        </Stack>
      ) : (
        <>
          {waiting?.note ? (
            <Text size="sm" mb="sm">
              “{waiting.note}”
            </Text>
          ) : null}
          <BookingForm
            key={page.values.id}
            {...page}
            values={answer?.values ?? page.values}
            problem={answer?.problem}
            check={answer ? answer.check : page.check}
            within={{
              Form: sent.Form,
              action: '/office/board/book',
              busy: sent.state !== 'idle',
              onCancel: onClose,
              fields: waiting ? { [request ? 'requestId' : 'engagementId']: waiting.id } : {},
            }}
          />
        </>
      )}
    </SideDrawer>
  );
}
