import { describe, expect, it } from 'vitest';
import { Allowance } from '@/server/access/allowance';

function allowance(limits: { sockets: number; joins: number }) {
  const clock = { now: 60_000 };
  return {
    clock,
    counted: new Allowance(
      () => limits,
      () => clock.now,
    ),
  };
}

describe('What a person may have open', () => {
  it('is so many sockets at once, and one more when one was closed', () => {
    const { counted } = allowance({ sockets: 3, joins: 100 });
    expect([1, 2, 3, 4].map(() => counted.take('ada'))).toEqual([null, null, null, 'too many sockets']);
    counted.leave('ada');
    expect([counted.take('ada'), counted.take('ada')]).toEqual([null, 'too many sockets']);
  });

  it('is so many rooms a minute, and as many again in the next', () => {
    const { counted, clock } = allowance({ sockets: 10, joins: 2 });
    const comeAndGo = () => {
      const excess = counted.take('ada');
      if (excess === null) counted.leave('ada');
      return excess;
    };
    expect([comeAndGo(), comeAndGo(), comeAndGo()]).toEqual([null, null, 'too many rooms a minute']);
    clock.now += 59_999;
    expect(comeAndGo()).toBe('too many rooms a minute');
    clock.now += 1;
    expect(comeAndGo()).toBe(null);
  });

  it('is counted over the minutes for sockets that stay open', () => {
    const { counted, clock } = allowance({ sockets: 2, joins: 2 });
    counted.take('ada');
    clock.now += 600_000;
    expect([counted.take('ada'), counted.take('ada')]).toEqual([null, 'too many sockets']);
  });

  it('is nobody else’s', () => {
    const { counted } = allowance({ sockets: 1, joins: 1 });
    counted.take('ada');
    expect([counted.take('ada'), counted.take('ben')]).toEqual(['too many sockets', null]);
  });
});
