import { describe, expect, test } from 'vitest';
import { compileExpression } from './expression.ts';

const evaluate = (source: string, reply: unknown) => compileExpression(source, { reply: 'dyn' }).evaluate({ reply });

describe('an expression', () => {
  test('looks through a long reply once, however many of them there are', () => {
    let looks = 0;
    const reply = new Proxy(
      { rooms: [1, 2, 3] },
      {
        ownKeys(target) {
          looks += 1;
          return Reflect.ownKeys(target);
        },
      },
    );
    for (let n = 0; n < 50; n++) expect(evaluate('reply.rooms[1]', reply)).toBe(2);
    expect(looks).toBe(1);
  });

  test.each([
    ['doubled again and again', 'cel.bind(a, reply.s + reply.s, cel.bind(b, a + a, b + b))'],
    ['a loop in a loop', 'reply.rooms.map(x, reply.rooms.filter(y, y == x))'],
    ['a pattern of theirs', 'reply.s.matches("(a+)+$")'],
    ['longer than anybody writes', Array(300).fill('1').join(' + ')],
  ])('that is %s is not taken', (_what, source) => {
    expect(() => compileExpression(source, { reply: 'dyn' })).toThrow(/is wrong|can’t be read/);
  });

  test('that comes to more than any reply is, is given up', () => {
    const rooms = Array.from({ length: 1_000 }, (_, n) => n);
    expect(() => evaluate('reply.rooms.map(x, reply)', { rooms })).toThrow('too much');
  });

  test('reaches nothing but what is in the reply itself', () => {
    for (const name of ['constructor', '__proto__', 'toString']) expect(() => evaluate(`reply.${name}`, { a: 1 })).toThrow();
  });
});
