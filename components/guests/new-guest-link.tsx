'use client';
import { useState } from 'react';
import type { GuestMode } from '@/lib/access/roles';
import { GUEST_MARKS, type GuestLink, MOST_DAYS } from '@/lib/guests/guest-link';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { DatePicker } from '../ui/date-picker';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Select } from '../ui/select';
import { TextArea, TextField } from '../ui/text-field';
import { useAction } from '../ui/use-action';
import { ChooseShown } from './choose-shown';
import type { Shown } from './shown';

const DAY = 86_400_000;
/** Days that a link works unless another is chosen. */
const USUAL = 14;

/** The day so many days from now, where this page is read. */
function dayIn(days: number): string {
  const then = new Date(Date.now() + days * DAY);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}

const MARKS: Record<(typeof GUEST_MARKS)[number], string> = {
  none: 'No marks',
  quotes: 'Quotes',
  all: 'All marks',
};
const MODES: { id: GuestMode; label: string; hint: string }[] = [
  { id: 'comment', label: 'Comment', hint: 'They say what they think of it' },
  { id: 'confirm', label: 'Confirm or dispute', hint: 'They say whether it is right, and if not, why' },
];

/** Makes a link for guests. */
export function NewGuestLinkDialog({
  shown: given,
  onClose,
  onMade,
}: {
  shown: Shown;
  onClose: () => void;
  onMade: (link: GuestLink) => void;
}) {
  const projectId = useProject((state) => state.project.id);
  const [shown, setShown] = useState(given);
  const [wanted, setMode] = useState<GuestMode>(given.kind === 'claims' ? 'confirm' : 'comment');
  const [marks, setMarks] = useState<(typeof GUEST_MARKS)[number]>('none');
  const [day, setDay] = useState<string | null>(dayIn(USUAL));
  const [message, setMessage] = useState('');
  const [pin, setPin] = useState('');
  const [showNames, setShowNames] = useState(false);
  const mode = shown.kind === 'note' ? 'comment' : wanted;
  const isConfirmed = shown.kind === 'source' && mode === 'confirm';
  const make = useAction(async () => {
    const [id] = shown.ids;
    const what = {
      source: { sourceId: id, marks },
      claims: { claimIds: [...shown.ids] },
      note: { noteId: id },
    };
    // To the end of that day, but never longer than a link may work.
    const expires = new Date(Math.min(Date.parse(`${day}T23:59:59`), Date.now() + MOST_DAYS * DAY - 1_000));
    const body = {
      kind: shown.kind,
      mode,
      message,
      showNames,
      pin: pin || null,
      expires: expires.toISOString(),
    };
    onMade(
      await call('guest-link.create', { params: { projectId }, body: { ...body, ...what[shown.kind] } }),
    );
  });
  return (
    <Dialog title="Ask a guest" isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void make.run();
        }}
      >
        <FormError>{make.error}</FormError>
        <ChooseShown shown={shown} isGiven={given.ids.length > 0} onChange={setShown} />
        {shown.kind === 'note' ? null : (
          <Select label="Guests may" options={MODES} value={wanted} onChange={setMode} />
        )}
        {shown.kind === 'source' ? (
          <Select
            label="Marks they see"
            hint={
              isConfirmed && marks === 'none'
                ? 'Choose the marks that they confirm or dispute.'
                : 'Those that there are now. No names and codes are shown with them.'
            }
            options={GUEST_MARKS.map((id) => ({ id, label: MARKS[id] }))}
            value={marks}
            onChange={setMarks}
          />
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <DatePicker label="Works until" hint={`At most ${MOST_DAYS} days`} value={day} onChange={setDay} />
          <TextField
            label="PIN (if you like)"
            hint="Tell it by another way than the link"
            autoComplete="off"
            maxLength={64}
            value={pin}
            onChange={setPin}
          />
        </div>
        <TextArea
          label="Your words to them (if you like)"
          rows={2}
          maxLength={1_000}
          value={message}
          onChange={setMessage}
        />
        <Checkbox isSelected={showNames} onChange={setShowNames}>
          Show who answers them
          <span className="block text-[13px] text-muted">Otherwise answers come from “The team”.</span>
        </Checkbox>
        <Button
          type="submit"
          look="primary"
          className="self-end"
          isPending={make.busy}
          isDisabled={shown.ids.length === 0 || day === null || (isConfirmed && marks === 'none')}
        >
          Make the link
        </Button>
      </form>
    </Dialog>
  );
}
