/** Why an address can't be a tutor's room, as a sentence for a person, or undefined when it can. */
export function roomUrlProblem(address: string): string | undefined {
  let url: URL;
  try {
    url = new URL(address.trim());
  } catch {
    return 'that is not a web address. It should look like https://meet.example.com/my-room.';
  }
  if (url.protocol !== 'https:') return 'the address must start with https://.';
  if (url.username || url.password) return 'the address must not hold a user name or a password.';
  if (!url.hostname.includes('.')) return 'the address must name a host on the internet, like meet.example.com.';
  return undefined;
}
