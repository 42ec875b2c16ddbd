import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, NoticeSettingsChange, nextDaily, readSettings } from '@/lib/notices/settings';

describe('The daily mail', () => {
  it.each([
    ['UTC', 8, '2026-03-01T07:59:00Z', '2026-03-01T08:00:00Z'],
    ['UTC', 8, '2026-03-01T08:00:00Z', '2026-03-02T08:00:00Z'],
    ['Asia/Kathmandu', 6, '2026-03-01T00:00:00Z', '2026-03-01T00:15:00Z'],
    ['America/New_York', 7, '2026-07-01T12:00:00Z', '2026-07-02T11:00:00Z'],
    // The clocks go forward: the day has no 02:00.
    ['Europe/Paris', 2, '2026-03-28T12:00:00Z', '2026-03-30T00:00:00Z'],
    // They go back: 02:00 comes twice, the first counts.
    ['Europe/Paris', 2, '2026-10-24T12:00:00Z', '2026-10-25T00:00:00Z'],
  ])('in %s at %i comes after %s at %s', (timeZone, hour, now, due) => {
    expect(nextDaily(new Date(now), { timeZone, hour }).toISOString()).toBe(new Date(due).toISOString());
  });
});

describe('What a person chose', () => {
  it('has the default for a kind that is not named, or was stored as something unknown', () => {
    expect(readSettings(null)).toEqual(DEFAULT_SETTINGS);
    const row = { mail: { reply: 'none', mention: 'by-pigeon', gone: 'daily' }, hour: 3, timeZone: 'UTC' };
    expect(readSettings(row).mail).toEqual({ ...DEFAULT_SETTINGS.mail, reply: 'none' });
  });

  it('cannot be a time zone that is none', () => {
    expect(NoticeSettingsChange.safeParse({ timeZone: 'Europe/Atlantis' }).success).toBe(false);
    expect(NoticeSettingsChange.safeParse({ timeZone: 'Europe/Paris' }).success).toBe(true);
  });
});
