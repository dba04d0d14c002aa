import { describe, expect, it } from 'vitest';
import { leadingBack, wayBack } from './way-back.ts';

const always = { to: '/office/rates', label: 'Rates' };
const wizard = '/office/invoice-runs/new?step=check&from=2026-03-01&until=2026-03-31&client=a&client=b';
const asked = (to: string) => wayBack({ url: `http://lectern.test${to}` }, always);

describe('the way back of a page that mends something', () => {
  it('leads to the step it was opened from, with all that was chosen there', () => {
    expect(asked(leadingBack('/office/rates/new?side=charge', wizard))).toEqual({ to: wizard, label: 'Back to the run' });
  });

  it('keeps what the address had, and its place on the page', () => {
    expect(leadingBack('/office/rates/new?side=pay#amount', '/office')).toBe('/office/rates/new?side=pay&back=%2Foffice#amount');
  });

  it('leads where it always does when opened by itself, and never to another origin', () => {
    expect(asked('/office/rates/new')).toEqual(always);
    expect(asked('/office/rates/new?back=//evil.test/')).toEqual(always);
    expect(asked('/office/rates/new?back=https://evil.test/')).toEqual(always);
  });
});
