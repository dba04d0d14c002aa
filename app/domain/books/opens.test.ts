import { describe, expect, it } from 'vitest';
import { groupLabel, shownAmount, sourceOf } from './opens.ts';

const id = '0197b8a0-0000-7000-8000-000000000001';

describe('what a posting comes from', () => {
  it('is read from its key', () => {
    expect(sourceOf(`invoice:${id}`)).toEqual({ kind: 'invoice', id });
    expect(sourceOf(`lot:${id}:expire:4`)).toEqual({ kind: 'package', id });
    expect(sourceOf(`recognise:${id}:0:50:9`)).toEqual({ kind: 'package', id });
    expect(sourceOf(`pay-run:${id}:${id}:void`)).toEqual({ kind: 'pay-run', id });
  });

  it('is nothing for a session’s own postings and for keys of imports', () => {
    expect([sourceOf(`charge:${id}:1:1`), sourceOf('invoice:no id'), sourceOf('')]).toEqual([undefined, undefined, undefined]);
  });
});

it('what is owed and earned is shown as a positive amount', () => {
  expect([shownAmount('asset', 5n), shownAmount('income', -5n), shownAmount('liability', -5n)]).toEqual([5n, 5n, 5n]);
});

it('a group of accounts has words, an unknown one its own name', () => {
  expect([groupLabel('assets:bank'), groupLabel('expenses:bank-charges')]).toEqual(['Money received', 'Bank charges']);
});
