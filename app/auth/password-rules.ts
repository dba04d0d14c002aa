export const PASSWORD_MIN_LENGTH = 10;
export const PASSWORD_MAX_LENGTH = 200;

// Of the passwords most often found in leaks, those that are long enough to pass otherwise, and what people type here.
const COMMON = new Set(
  `1234567890 12345678910 0123456789 0987654321 1111111111 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc abcdefghij
   password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123 qwertyuiop qwertyuiop123 qwerty12345
   qwerty123456 qwerty1234 asdfghjkl123 zxcvbnm123 iloveyou123 letmein123 letmein1234 welcome123 welcome1234
   welcome12345 changeme123 football123 baseball123 sunshine123 princess123 superman123 administrator admin12345
   admin123456 tutoring123 lectern123 lectern1234 lectern12345 11111111111 000000000000 123123123123 1234512345
   aaaaaaaaaa qazwsxedcrfv q1w2e3r4t5y6 trustno1trustno1 monkey12345 dragon12345 michael123 jennifer123 summer2024
   summer2025 summer2026 winter2024 winter2025 winter2026 spring2025 spring2026 autumn2025 autumn2026 september1`
    .split(/\s+/)
    .filter(Boolean),
);

/** Why a new password is refused, or undefined. `about` is what an attacker would try first: name and e-mail. */
export function passwordProblem(password: string, about: readonly string[] = []): string | undefined {
  if ([...password].length < PASSWORD_MIN_LENGTH) {
    return `Use at least ${PASSWORD_MIN_LENGTH} characters. A few words in a row are easy to remember and hard to guess.`;
  }
  if (password.length > PASSWORD_MAX_LENGTH) return `Use at most ${PASSWORD_MAX_LENGTH} characters.`;
  const plain = password.toLowerCase();
  if (COMMON.has(plain) || new Set(plain).size < 4) return 'This password is among the first that are guessed. Choose another.';
  const own = about.map((text) => text.trim().toLowerCase()).filter((text) => text.length >= 4);
  const parts = own.flatMap((text) => [text, text.split('@', 1)[0] ?? text]);
  if (parts.some((part) => part === plain || (part.length >= 4 && plain.replace(/[\d\W_]+$/, '') === part))) {
    return 'This password is your name or address. Choose another.';
  }
  return undefined;
}
