import { useEffect } from 'react';

/** A phone that is only listened to doesn't go to sleep. */
export function useScreenStaysOn(): void {
  useEffect(() => {
    let held: WakeLockSentinel | undefined;
    let here = true;
    // Given up by the browser whenever the page is hidden.
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      const lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
      if (here) held = lock;
      else void lock?.release();
    };
    void hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      here = false;
      document.removeEventListener('visibilitychange', hold);
      void held?.release();
    };
  }, []);
}
