import { LinkIsOver } from '#app/ui/link-is-over.tsx';

export function GuestLinkIsOver() {
  return (
    <LinkIsOver action={{ to: '/login', label: 'Sign in' }}>
      It was taken back, or a part of it is missing. Ask your tutor or the office for a new one; with an account you can join
      without it.
    </LinkIsOver>
  );
}
