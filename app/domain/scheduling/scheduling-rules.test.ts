import { describe, expect, it } from 'vitest';
import { defaultSchedulingRules, readSchedulingRules, schedulingRulesFor } from './scheduling-rules.ts';

describe('who may plan', () => {
  it('a company that said nothing has the defaults', () => {
    expect(readSchedulingRules({})).toEqual(defaultSchedulingRules);
  });

  it('a senior tutor may book where the company lets none', () => {
    const rules = schedulingRulesFor({
      organisation: {},
      program: { minNoticeMinutes: 60 },
      tutor: { tutor: { book: true } },
    });
    expect(rules.tutor).toEqual({ book: true, move: false, cancel: false });
    expect(rules.minNoticeMinutes).toBe(60);
  });

  it("a tutor's own limit beats the program's, and null takes a limit away", () => {
    const layers = { organisation: { maxMinutesPerDay: 480 }, program: { maxMinutesPerDay: 240 } };
    expect(schedulingRulesFor(layers).maxMinutesPerDay).toBe(240);
    expect(schedulingRulesFor({ ...layers, tutor: { maxMinutesPerDay: null } }).maxMinutesPerDay).toBe(null);
  });

  it("an engagement's word is the last: the office alone, whatever the tutor may do elsewhere", () => {
    const senior = { organisation: {}, tutor: { tutor: { book: true, move: true, cancel: true } } };
    expect(schedulingRulesFor({ ...senior, whoMaySchedule: 'office' }).tutor.book).toBe(false);
    expect(schedulingRulesFor({ ...senior, whoMaySchedule: 'family' }).family.book).toBe(true);
    expect(schedulingRulesFor({ ...senior, whoMaySchedule: null }).tutor.book).toBe(true);
  });

  it('a program cannot open the storefront', () => {
    expect(schedulingRulesFor({ organisation: {}, program: { storefront: { enabled: true } } }).storefront.enabled).toBe(false);
  });
});
