import { safePath } from '#app/auth/redirect-target.ts';

/** A page that mends something, opened so that it leads back to where it was missed. */
export function leadingBack(to: string, back: string): string {
  const url = new URL(to, 'http://origin.invalid');
  url.searchParams.set('back', back);
  return url.pathname + url.search + url.hash;
}

/** Where a page that mends something leads when that is done: to the page it was opened from, else where it always does. */
export function wayBack(request: { url: string }, always: { to: string; label: string }): { to: string; label: string } {
  const to = safePath(new URL(request.url).searchParams.get('back') ?? '');
  if (to === undefined) return always;
  return {
    to,
    label: to.startsWith('/office/pay-runs/new') || to.startsWith('/office/invoice-runs/new') ? 'Back to the run' : 'Back',
  };
}
