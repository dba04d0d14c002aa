import { rotateKeys } from '#app/plugin-host/rotate-keys.server.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  name: 'key rotate',
  summary: 'Seals every secret anew with the first key of LECTERN_KEYS, so that the others can be taken out.',
  usage: 'key rotate',
  run: async (context, _input, io) => {
    const count = await rotateKeys(context.db, context.config.keyRing);
    io.print(`${count} ${count === 1 ? 'secret is' : 'secrets are'} sealed anew with the key ${context.config.keyRing[0]?.id}.`);
    return 0;
  },
};
