import { useEffect, useRef } from 'react';
import { isUnmoved } from './carry.ts';
import type { Hand } from './use-hand.ts';

/** Of what is moved by keys, what the server says is read out when it comes. */
export function useAnnouncedCheck(hand: Hand, say: (words: string) => void) {
  const { carry, check, targets, placeText } = hand;
  const latest = useRef({ carry, targets, placeText });
  latest.current = { carry, targets, placeText };
  useEffect(() => {
    const { carry, targets, placeText } = latest.current;
    const [to] = targets;
    // Where it still lies there is nothing to say of it, but that it was picked up, which is being read out.
    if (!check || !to || carry?.via !== 'keys' || isUnmoved(carry)) return;
    const words = check.problems.map(({ message, clashes }) => [message, ...clashes].join(' ')).join(' ');
    say(`${placeText(to)}. ${words || 'Nothing stands in the way.'}`);
  }, [check, say]);
}
