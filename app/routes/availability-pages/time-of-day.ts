/** 15:30, or 3:30 PM; on the server and in a browser alike, whatever each knows of languages. */
export function timeOfDay(minute: number, hour12: boolean): string {
  const hours = Math.floor(minute / 60) % 24;
  const minutes = String(minute % 60).padStart(2, '0');
  if (!hour12) return `${String(hours).padStart(2, '0')}:${minutes}`;
  return `${hours % 12 || 12}:${minutes}\u00a0${hours < 12 ? 'AM' : 'PM'}`;
}
