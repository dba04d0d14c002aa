import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../main.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-solve-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function solve(text: string, ...words: string[]) {
  const file = path.join(folder, 'problem.txt');
  await writeFile(file, text);
  const out: string[] = [];
  const err: string[] = [];
  const io = { print: (line: string) => out.push(line), complain: (line: string) => err.push(line) };
  const end = await runCli(['solve', file, ...words], { io });
  return { end, out: out.join('\n'), err: err.join('\n') };
}

it('prints value, bound and seconds of a file that it solves, and who gets whom when asked', async () => {
  const { end, out } = await solve('2 2  1 5  2 1  1 1  1 1  1 2', '--format', 'gap', '--json', '--assignment');
  expect(end).toBe(0);
  expect(JSON.parse(out)).toEqual({
    value: 2,
    bound: 2,
    gap: 0,
    optimal: true,
    seconds: expect.any(Number),
    assignment: [1, 2],
  });
});

it('prints lines for people', async () => {
  const { out } = await solve('2  1 2  3 1', '--format', 'orlib-assign');
  expect(out).toMatch(/^value: 2\nbound: 2\ngap: 0\noptimal: true\nseconds: [\d.]+$/);
});

it('ends with 1 where there is no assignment, and says so', async () => {
  const { end, out, err } = await solve('1 2  1 1  5 6  10', '--format', 'gap', '--json');
  expect({ end, err }).toEqual({ end: 1, err: 'There is no assignment that keeps all capacities.' });
  expect(JSON.parse(out)).toMatchObject({ value: null, bound: null, optimal: false });
});

it('ends with 1 for a file that is none, and with 2 for a format it doesn’t know', async () => {
  expect(await solve('2 1 2', '--format', 'orlib-assign')).toEqual({
    end: 1,
    out: '',
    err: 'The file ends before the cost of row 2, column 1.',
  });
  expect((await solve('1 1', '--format', 'lp')).err).toContain('--format must be orlib-assign|gap, not "lp"');
  expect((await solve('1 1', '--format', 'gap', '--seconds', 'x')).end).toBe(2);
});
