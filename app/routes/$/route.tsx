/** Every other address. With a route of its own the browser draws the same page as the server did. */
export function loader() {
  throw notHere();
}

/** A write to an address that isn't there. */
export function action() {
  throw notHere();
}

function notHere(): Response {
  return new Response('There is nothing at this address.', { status: 404, statusText: 'Not Found' });
}

export default function NotThere() {
  return null;
}
