import { useEffect, useRef } from 'react';
import type { Hand } from './use-hand.ts';

/** Of what is moved by keys, what the server says is read out when it comes. */
export function useAnnouncedCheck(hand: Hand, say: (words: string) => void) {
  const { carry, check, targets, placeText } = hand;
  const latest = useRef({ carry, targets, placeText });
  latest.current = { carry, targets, placeText };
  useEffect(() => {
    const { carry, targets, placeText } = latest.current;
    const [to] = targets;
    if (!check || !to || carry?.via !== 'keys') return;
    const words = check.problems.map(({ message, clashes }) => [message, ...clashes].join(' ')).join(' ');
    say(`${placeText(to)}. ${words || 'Nothing stands in the way.'}`);
  }, [check, say]);
}
