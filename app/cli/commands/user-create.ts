import { text } from 'node:stream/consumers';
import { isRole, ROLES, type Role } from '#app/auth/roles.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { createUser } from '#app/domain/people/create-user.server.ts';
import { emailField, nameField } from '#app/domain/people/user.schema.ts';
import { type Command, required, UsageError } from '../command.ts';

export const command: Command = {
  name: 'user create',
  summary:
    'Adds somebody who signs in. Without a password it prints a link to choose one, that works once, for seven days. ' +
    '--role takes several with commas between; --password-stdin reads the password from the first line of the input.',
  usage: `user create --email ADDRESS --name NAME --role ${ROLES.join('|')} [--password-stdin]`,
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  run: async (context, input, io) => {
    const email = emailField.safeParse(required(input, 'email'));
    if (!email.success) throw new UsageError(`--email: ${email.error.issues[0]?.message}`);
    const name = nameField.safeParse(required(input, 'name'));
    if (!name.success) throw new UsageError(`--name: ${name.error.issues[0]?.message}`);
    const roles = readRoles(required(input, 'role'));
    const password = input.options['password-stdin'] ? firstLine(await text(process.stdin)) : undefined;
    try {
      const { link } = await createUser(
        context.db,
        context,
        { userId: null, kind: 'system' },
        { email: email.data, name: name.data, roles, password },
      );
      io.print(`${email.data} can sign in at ${context.config.origin} as ${roles.join(', ')}.`);
      if (link !== undefined) io.print(`To choose a password, once, until ${link.expiresAt.toISOString()}:\n${link.url}`);
      return 0;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      io.complain(error.message);
      return 1;
    }
  },
};

function readRoles(words: string): Role[] {
  const roles = words.split(',').map((word) => word.trim());
  const wrong = roles.find((role) => !isRole(role));
  if (wrong !== undefined) throw new UsageError(`--role must be of ${ROLES.join(', ')}, not "${wrong}".`);
  return roles.filter(isRole);
}

function firstLine(input: string): string {
  const line = input.split(/\r?\n/, 1)[0] ?? '';
  if (line === '') throw new UsageError('--password-stdin: the input has no password in it.');
  return line;
}
