import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { seedDemo } from '#app/domain/demo/seed-demo.server.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  name: 'seed demo',
  summary: 'Fills an empty database with Meadowbrook Tutoring, a made-up company, twelve weeks around today.',
  usage: 'seed demo',
  run: async (context, _input, io) => {
    const filled = await seedDemo(context.db, context);
    io.print(filled ? 'Meadowbrook Tutoring is filled in.' : 'Meadowbrook Tutoring is there already; nothing was changed.');
    io.print(`\nSign in with the password ${DEMO_PASSWORD} as:`);
    for (const { email, sees } of DEMO_ACCOUNTS) io.print(`  ${email.padEnd(20)} ${sees}`);
    return 0;
  },
};
