'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button';
import { FormError } from '../../ui/form-error';
import { TextField } from '../../ui/text-field';
import { useAction } from '../../ui/use-action';

const LONGEST = 120;

/** Asks for a name and keeps it; what was typed stays when it could not be kept. */
export function NameVersion({
  label,
  name = '',
  onKeep,
  onClose,
}: {
  label: string;
  name?: string;
  onKeep: (name: string) => Promise<void>;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState(name);
  const [missing, setMissing] = useState(false);
  const keep = useAction(onKeep);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The keyboard comes along, and goes back to the button when this is closed.
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <form
      noValidate
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = typed.trim();
        setMissing(wanted === '');
        if (wanted !== '') void keep.run(wanted).then((worked) => (worked ? onClose() : undefined));
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          inputRef={field}
          label={label}
          value={typed}
          onChange={setTyped}
          maxLength={LONGEST}
          error={missing ? 'Give it a name, such as “Sent to the lawyer”.' : null}
          className="min-w-0 grow basis-48"
        />
        <Button type="submit" look="primary" isPending={keep.busy}>
          Keep
        </Button>
        <Button onPress={onClose}>Cancel</Button>
      </div>
      <FormError>{keep.error}</FormError>
    </form>
  );
}
