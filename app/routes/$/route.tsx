/** Every other address. With a route of its own the browser draws the same page as the server did. */
export function loader() {
  throw new Response('There is nothing at this address.', { status: 404, statusText: 'Not Found' });
}

/** A write to an address that isn't there. */
export const action = loader;

export default function NotThere() {
  return null;
}
