import type { Command } from '../command.ts';
import { command as credits } from './credits.ts';
import { command as exportLedger } from './export-ledger.ts';
import { command as importCase } from './import.ts';
import { command as invoiceRun } from './invoice-run.ts';
import { command as keyCreate } from './key-create.ts';
import { command as keyRotate } from './key-rotate.ts';
import { command as migrate } from './migrate.ts';
import { command as payRun } from './pay-run.ts';
import { command as pluginNew } from './plugin-new.ts';
import { command as seedDemo } from './seed-demo.ts';
import { command as solve } from './solve.ts';
import { command as userCreate } from './user-create.ts';

/** One line per command. */
export const commands: readonly Command[] = [
  migrate,
  keyCreate,
  keyRotate,
  importCase,
  credits,
  exportLedger,
  invoiceRun,
  payRun,
  pluginNew,
  seedDemo,
  solve,
  userCreate,
];
