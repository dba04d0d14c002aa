/** 90 -> 1 h 30 min; a number stays with its unit when the line breaks. */
export function minutesText(minutes: number): string {
  const hours = Math.trunc(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours}\u00a0h` : '', rest > 0 || hours === 0 ? `${rest}\u00a0min` : ''].filter(Boolean).join(' ');
}
