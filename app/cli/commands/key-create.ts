import { createKey } from '#config/env.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  name: 'key create',
  summary: 'Prints a new sealing key for LECTERN_KEYS. To change keys, put it in front of those in use.',
  usage: 'key create',
  needsContext: false,
  run: async (_context, _input, io) => {
    io.print(createKey());
    return 0;
  },
};
