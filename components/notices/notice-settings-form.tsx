'use client';
import { useMemo, useState } from 'react';
import type { NoticeKind } from '@/lib/notices/notice';
import { ComboBox } from '../ui/combo-box';
import { FormError } from '../ui/form-error';
import { type Answer, call } from '../ui/http';
import { Select } from '../ui/select';
import { toast } from '../ui/toasts';
import { wordsFor } from '../ui/use-action';

type Settings = Answer<'notice-settings.get'>;
type ByMail = Settings['mail'][NoticeKind];

const KINDS: readonly { kind: NoticeKind; name: string; hint: string }[] = [
  { kind: 'mention', name: 'Somebody mentions you', hint: 'with @ and your name, in a discussion' },
  { kind: 'note-mention', name: 'Somebody names you in a note', hint: 'with @ and your name' },
  { kind: 'reply', name: 'Somebody answers', hint: 'in a discussion you are in, or of something you made' },
  { kind: 'assigned', name: 'A discussion is given to you', hint: 'to look into, or to settle' },
  { kind: 'claim-assigned', name: 'A claim is given to you', hint: 'as its owner' },
  { kind: 'thread-resolved', name: 'A discussion is resolved', hint: 'one you are in, by somebody else' },
  { kind: 'follow-up-assigned', name: 'A question or a task is given to you', hint: 'to answer, or to do' },
  { kind: 'follow-up-due', name: 'Something of yours is due', hint: 'on the day that was set' },
  { kind: 'follow-up-done', name: 'Something you asked for is done', hint: 'by somebody else' },
  {
    kind: 'decided-otherwise',
    name: 'A passage was decided otherwise than you coded it',
    hint: 'with the reason',
  },
  {
    kind: 'decision-objected',
    name: 'Somebody objects to what you decided',
    hint: 'a coder of that passage',
  },
  {
    kind: 'source-changed',
    name: 'A source changes',
    hint: 'a new version touches passages, notes or claims of yours',
  },
  { kind: 'watch-stopped', name: 'A watch stops', hint: 'on a source that you had watched' },
  { kind: 'webhook-stopped', name: 'A webhook stops', hint: 'that you had made, after days of failing' },
];

const WAYS: { id: ByMail; label: string }[] = [
  { id: 'at-once', label: 'Mail at once' },
  { id: 'daily', label: 'Daily mail' },
  { id: 'none', label: 'No mail' },
];
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  id: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** What comes by mail, kind by kind, and when the daily mail comes; each choice is kept as it is made. */
export function NoticeSettingsForm({ settings }: { settings: Settings }) {
  const [chosen, setChosen] = useState(settings);
  const [zone, setZone] = useState(settings.timeZone);
  const [error, setError] = useState<string | null>(null);
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], []);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const change = async (edit: Partial<Pick<Settings, 'mail' | 'hour' | 'timeZone'>>) => {
    const before = chosen;
    setChosen({ ...before, ...edit });
    try {
      setChosen(await call('notice-settings.update', { body: edit }));
      setError(null);
      toast({ text: 'Saved' });
    } catch (cause) {
      setChosen(before);
      setError(wordsFor(cause));
    }
  };
  const offered = zones.filter((name) => name.toLowerCase().includes(zone.trim().toLowerCase()));
  return (
    <div className="flex flex-col gap-8">
      {settings.sendsMail ? null : (
        <p role="note" className="border-s-2 border-warning ps-3 text-[14px] text-warning">
          This instance sends no mail. What you choose here counts once its operator sets SMTP up.
        </p>
      )}
      <FormError>{error}</FormError>
      <ul className="flex flex-col border-t border-line">
        {KINDS.map(({ kind, name, hint }) => (
          <li
            key={kind}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3"
          >
            <p className="min-w-0">
              <span className="block font-medium">{name}</span>
              <span className="block text-[13px] text-muted">{hint}</span>
            </p>
            <Select
              label={`${name}: by mail`}
              labelHidden
              className="w-40"
              options={WAYS}
              value={chosen.mail[kind]}
              onChange={(way) => void change({ mail: { ...chosen.mail, [kind]: way } })}
            />
          </li>
        ))}
      </ul>
      <section aria-label="The daily mail" className="flex flex-wrap items-end gap-4">
        <Select
          label="The daily mail comes at"
          className="w-40"
          options={HOURS}
          value={String(chosen.hour)}
          onChange={(hour) => void change({ hour: Number(hour) })}
        />
        <ComboBox
          label="Time zone"
          className="w-64"
          suggestions={offered.slice(0, 50)}
          value={zone}
          onChange={(name) => {
            setZone(name);
            if (zones.includes(name) && name !== chosen.timeZone) void change({ timeZone: name });
          }}
        />
        {here !== chosen.timeZone ? (
          <button
            type="button"
            className="min-h-9 rounded text-[14px] text-accent underline underline-offset-2"
            onClick={() => {
              setZone(here);
              void change({ timeZone: here });
            }}
          >
            Use {here}
          </button>
        ) : null}
      </section>
    </div>
  );
}
