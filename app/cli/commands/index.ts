import type { Command } from '../command.ts';
import { command as keyCreate } from './key-create.ts';
import { command as migrate } from './migrate.ts';

/** One line per command. */
export const commands: readonly Command[] = [migrate, keyCreate];
