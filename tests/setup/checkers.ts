import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findCommand } from '../../scripts/find-command.js';

const run = promisify(execFile);

/** Whether a checker is here. Elsewhere than in CI a test may go on without it, and says so. */
export async function hasChecker(command: string, test: { annotate: (text: string) => unknown }): Promise<boolean> {
  if (findCommand(command)) return true;
  if (process.env.CI) throw new Error(`${command} is missing, and without it this test proves nothing`);
  await test.annotate(`${command} is not here: its check was not run`);
  return false;
}

/** What a program prints about the content of a file; its refusal where it fails. */
export async function readBy(command: string, content: Buffer, args: (file: string) => string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-document-'));
  try {
    const file = path.join(folder, 'document.pdf');
    await writeFile(file, content);
    const { stdout } = await run(command, args(file));
    return stdout;
  } catch (error) {
    return `refused: ${(error as { stdout?: string }).stdout ?? ''}${(error as { stderr?: string }).stderr ?? error}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The text of a PDF as its reader sees it, spaces made one. */
export async function pdfText(content: Buffer): Promise<string> {
  return (await readBy('pdftotext', content, (file) => ['-layout', file, '-'])).replaceAll(/\s+/g, ' ');
}
