/** So much at once, and so much a second in the long run. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** Answers whether `amount` is within the rate, and takes it. */
export function bucket({ burst, perSecond }: Rate, now: () => number = () => performance.now()) {
  let left = burst;
  let at = now();
  return (amount = 1): boolean => {
    const time = now();
    left = Math.min(burst, left + ((time - at) / 1_000) * perSecond);
    at = time;
    if (amount > left) return false;
    left -= amount;
    return true;
  };
}
