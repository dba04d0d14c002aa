import { useLocation, useNavigate, useNavigation } from '@remix-run/react';
import { useCallback, useMemo, useRef } from 'react';
import { type BoardParams, type Change, readParams, withChange } from './board-params.ts';

export interface BoardAddress {
  params: BoardParams;
  search: string;
  /** `keep`: as a step one can go back from; else the address is only corrected. */
  change: (change: Change, keep?: boolean) => void;
}

/** The address as it is about to be: what is clicked shows at once, while other days are still under way. */
export function useBoardParams(today: string): BoardAddress {
  const location = useLocation();
  const navigation = useNavigation();
  const navigate = useNavigate();
  const search = navigation.location?.pathname === location.pathname ? navigation.location.search : location.search;
  const latest = useRef(search);
  latest.current = search;
  const params = useMemo(() => readParams(new URLSearchParams(search), today), [search, today]);
  const change = useCallback(
    (wanted: Change, keep = false) => {
      const now = new URLSearchParams(latest.current);
      const next = withChange(now, wanted);
      // The same address again would ask for the whole board anew.
      if (next === `?${now}`) return;
      latest.current = next;
      navigate(next, { replace: !keep, preventScrollReset: true });
    },
    [navigate],
  );
  return { params, search, change };
}
