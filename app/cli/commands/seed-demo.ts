import { demoPassword } from '#app/domain/demo/company.ts';
import { seedDemo } from '#app/domain/demo/seed-demo.server.ts';
import { demoAccounts } from '#app/domain/demo/seed-people.server.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  name: 'seed demo',
  summary: 'Fills an empty database with Meadowbrook Tutoring, a made-up company, twelve weeks around today.',
  usage: 'seed demo',
  run: async (context, _input, io) => {
    const filled = await seedDemo(context.db, context);
    io.print(filled ? 'Meadowbrook Tutoring is filled in.' : 'Meadowbrook Tutoring is there already; nothing was changed.');
    io.print(`\nSign in with the password ${demoPassword} as:`);
    for (const { email, name, roles } of demoAccounts) io.print(`  ${email.padEnd(22)} ${name}, ${roles.join(', ')}`);
    return 0;
  },
};
