import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Assessment, PlaceSnapshot } from '../billing.ts';
import type { BillingPlugin } from '../define-plugin.ts';
import { testDefinition } from './definition.ts';
import { months, places } from './places.ts';

const targetNames = ['hold', 'use', 'invoice'] as const;

/**
 * What the core relies on from every billing mode, held against random places. Give the settings that change how it
 * decides; each is tried.
 */
export function testBillingMode(plugin: BillingPlugin, settings: Record<string, unknown>[] = [{}]): void {
  for (const given of settings) {
    describe(`${plugin.id} as a billing mode, with ${JSON.stringify(given)}`, () => {
      testDefinition(plugin, given);
      const mode = plugin.create(plugin.config.parse(given));
      const holds = (arbitrary: fc.Arbitrary<PlaceSnapshot>, fact: (place: PlaceSnapshot, assessed: Assessment) => void) =>
        fc.assert(
          fc.property(arbitrary, (place) => {
            fact(place, mode.assess(place));
          }),
        );

      describe('without a clock, chance or the world', () => {
        const forbidden = () => {
          throw new Error('a billing mode decides by the place alone');
        };
        beforeEach(() => {
          vi.spyOn(Date, 'now').mockImplementation(forbidden);
          vi.spyOn(Math, 'random').mockImplementation(forbidden);
          vi.spyOn(globalThis, 'fetch').mockImplementation(forbidden);
        });
        afterEach(() => vi.restoreAllMocks());

        test('assesses and explains any place', () => {
          for (const place of fc.sample(places.any, {
            numRuns: 200,
            seed: 7,
          })) {
            mode.assess(place);
            mode.explain(place);
          }
        });
      });

      test('leaves the place as it was, and says the same about it every time', () => {
        fc.assert(
          fc.property(places.any, (place) => {
            const frozen = Object.freeze({ ...place });
            const first = mode.assess(frozen);
            expect(mode.assess({ ...place })).toEqual(first);
            expect(mode.explain(frozen)).toBe(mode.explain({ ...place }));
          }),
        );
      });

      test('gives targets that are whole and never negative', () => {
        holds(places.any, (_, { targets }) => {
          expect(targetNames).toEqual(expect.arrayContaining(Object.keys(targets)));
          for (const target of Object.values(targets)) {
            expect(typeof target).toBe('bigint');
            expect(target).toBeGreaterThanOrEqual(0n);
          }
        });
      });

      test('never posts a place that is not billable', () => {
        holds(
          places.any.map((place) => ({ ...place, billable: false })),
          (_, assessed) => expectNothing(assessed),
        );
      });

      test('gives everything back for a place that is released', () => {
        holds(places.released, (_, assessed) => expectNothing(assessed));
      });

      test('keeps no credits aside once a place is settled', () => {
        holds(places.settled, (_, { targets }) => expect(targets.hold ?? 0n).toBe(0n));
      });

      test('never takes both credits and money for one place', () => {
        holds(places.any, (_, { targets }) => {
          const credits = (targets.hold ?? 0n) + (targets.use ?? 0n);
          expect(credits > 0n && (targets.invoice ?? 0n) > 0n).toBe(false);
        });
      });

      test('charges nothing at 0 %', () => {
        holds(
          places.settled.map((place) => ({
            ...place,
            chargePercent: '0',
            fee: 0n,
          })),
          (_, assessed) => expectNothing(assessed),
        );
      });

      test('invoices a settled place with a price, or says why not', () => {
        const priced = places.settled.map((place) => ({
          ...place,
          billable: true,
          fee: (place.fee ?? 0n) + 1n,
        }));
        holds(priced, (_, { targets, leftOut }) => expect((targets.invoice ?? 0n) > 0n).toBe(leftOut === undefined));
      });

      test('refuses only where it may, with the shortfall and a sentence', () => {
        holds(places.any, (place, { refuse }) => {
          if (!refuse) return;
          expect(place.mayRefuse).toBe(true);
          expect(refuse.code).toBe('insufficient_credits');
          expect(refuse.shortfall).toBeGreaterThan(0n);
          expect(refuse.message.trim()).toMatch(/[.]$/);
        });
      });

      test('an import, which is never refused, has the same targets as a person’s booking', () => {
        holds(places.booked, (place, { targets }) => {
          expect(mode.assess({ ...place, mayRefuse: false }).targets).toEqual(targets);
        });
      });

      test('has a fee for a period if, and only if, it says that it is paid by the period', () => {
        expect(mode.periodic !== undefined).toBe(plugin.capabilities.pays === 'period');
      });

      test('of any period: lines that are whole, never negative, told apart by their keys, each with its reason', () => {
        fc.assert(
          fc.property(months, (month) => {
            const lines = mode.periodic?.(Object.freeze(month)) ?? [];
            expect(mode.periodic?.({ ...month }) ?? []).toEqual(lines);
            expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
            for (const line of lines) {
              expect(typeof line.net).toBe('bigint');
              expect(line.net).toBeGreaterThanOrEqual(0n);
              expect(line.description.trim()).not.toBe('');
              expect(line.explanation.trim()).toMatch(/^[A-Z0-9].+[.]$/s);
            }
            const idle = month.activeDays === 0 && month.places.length === 0;
            expect(idle && lines.some((line) => line.net > 0n)).toBe(false);
          }),
        );
      });

      test('explains any place in a sentence', () => {
        holds(places.any, (place) => expect(mode.explain(place).trim()).toMatch(/^[A-Z0-9].+[.]$/s));
      });

      test('posting only the differences of any history comes to the last target', () => {
        const history = fc.array(places.any, { minLength: 1, maxLength: 12 });
        fc.assert(
          fc.property(history, (steps) => {
            const posted = { hold: 0n, use: 0n, invoice: 0n };
            for (const step of [...steps, ...steps.slice(-1)]) {
              const { targets } = mode.assess(step);
              for (const name of targetNames) posted[name] += (targets[name] ?? 0n) - posted[name];
            }
            const { targets } = mode.assess(steps.at(-1) as PlaceSnapshot);
            expect(posted).toEqual({
              hold: 0n,
              use: 0n,
              invoice: 0n,
              ...targets,
            });
          }),
        );
      });
    });
  }
}

function expectNothing({ targets, refuse }: Assessment): void {
  for (const name of targetNames) expect(targets[name] ?? 0n).toBe(0n);
  expect(refuse).toBeUndefined();
}
