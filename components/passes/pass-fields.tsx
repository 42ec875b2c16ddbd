'use client';
import type { PassKind, RevealWhen } from '@/lib/passes/pass';
import { useProject } from '../live/project-context';
import { DatePicker } from '../ui/date-picker';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { ChooseMany } from './choose-many';

/** What is chosen for a pass, as its forms hold it. */
export type Chosen = {
  readonly name: string;
  readonly kind: PassKind;
  readonly sourceIds: string[];
  readonly codeIds: string[];
  readonly guidelineNoteId: string | null;
  readonly revealWhen: RevealWhen;
  readonly revealOn: string | null;
};

type Props = { chosen: Chosen; onChange: (part: Partial<Chosen>) => void };

export function PassName({ chosen, onChange }: Props) {
  return (
    <TextField
      label="Name"
      placeholder="Round 1"
      autoFocus
      isRequired
      maxLength={120}
      value={chosen.name}
      onChange={(name) => onChange({ name })}
    />
  );
}

/** When a blind pass is revealed. */
export function RevealRule({ chosen, onChange }: Props) {
  return (
    <div className="flex flex-wrap gap-3">
      <Select
        label="Reveal"
        className="grow"
        value={chosen.revealWhen}
        onChange={(revealWhen) => onChange({ revealWhen })}
        options={[
          { id: 'by-hand', label: 'When you say so' },
          { id: 'when-done', label: 'When all are done' },
          { id: 'on-date', label: 'On a day' },
        ]}
      />
      {chosen.revealWhen === 'on-date' ? (
        <DatePicker label="Day" value={chosen.revealOn} onChange={(revealOn) => onChange({ revealOn })} />
      ) : null}
    </div>
  );
}

export function PassSources({ chosen, onChange }: Props) {
  const sources = useProject((state) => state.sources);
  return (
    <ChooseMany
      label="Sources"
      options={[...sources.values()].map(({ id, title }) => ({ id, name: title }))}
      chosen={chosen.sourceIds}
      onChange={(sourceIds) => onChange({ sourceIds })}
    />
  );
}

/** The codes that a pass is about, and the note that says how to use them. */
export function PassCodes({ chosen, onChange }: Props) {
  const { codes, notes } = useProject((state) => ({ codes: state.codes, notes: state.notes }));
  return (
    <>
      {codes.size > 0 ? (
        <ChooseMany
          label="Codes (none means all)"
          options={[...codes.values()].map(({ id, name }) => ({ id, name }))}
          chosen={chosen.codeIds}
          onChange={(codeIds) => onChange({ codeIds })}
        />
      ) : null}
      <Select
        label="Guideline"
        hint="A note that says how to code; g opens it beside the article."
        value={chosen.guidelineNoteId ?? 'none'}
        onChange={(id) => onChange({ guidelineNoteId: id === 'none' ? null : id })}
        options={[
          { id: 'none', label: 'None' },
          ...[...notes.values()].map(({ id, title }) => ({ id, label: title })),
        ]}
      />
    </>
  );
}
