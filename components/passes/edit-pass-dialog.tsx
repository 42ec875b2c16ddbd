'use client';
import { type FormEvent, useState } from 'react';
import type { Pass } from '@/lib/passes/pass';
import { isHiding } from '@/lib/passes/standing';
import { useActions } from '../live/project-context';
import { useDeed } from '../live/use-deed';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { type Chosen, PassCodes, PassName, PassSources, RevealRule } from './pass-fields';

type Changed = Omit<Chosen, 'kind'>;

const chosenOf = ({ name, sourceIds, codeIds, guidelineNoteId, revealWhen, revealOn }: Pass): Changed => ({
  ...{ name, sourceIds, codeIds, guidelineNoteId, revealWhen, revealOn },
});

/** The parts of a draft that are another than they were. */
function changesOf(was: Changed, draft: Changed): Partial<Changed> {
  const kept = (Object.keys(was) as (keyof Changed)[]).filter(
    (key) => JSON.stringify(was[key]) !== JSON.stringify(draft[key]),
  );
  return Object.fromEntries(kept.map((key) => [key, draft[key]]));
}

/** Changes what was chosen for a pass; whether it is blind can't be, as nobody can unsee. */
export function EditPassDialog({ pass, onClose }: { pass: Pass; onClose: () => void }) {
  const { learn, changedPass } = useActions();
  const [opened] = useState(pass);
  const [draft, setDraft] = useState<Changed>(() => chosenOf(pass));
  const change = (part: Partial<Chosen>) => setDraft((before) => ({ ...before, ...part }));
  const before = chosenOf(opened);
  const edit = changesOf(before, { ...draft, name: draft.name.trim() });
  const { run, busy, error } = useDeed(async () => {
    const params = { projectId: pass.projectId, passId: pass.id };
    const changed = await call('pass.update', { params, body: edit, ifMatch: opened.revision });
    const keys = Object.keys(edit) as (keyof Changed)[];
    changedPass(opened, edit, Object.fromEntries(keys.map((key) => [key, before[key]])));
    learn({ passes: [changed] });
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(edit).length === 0) onClose();
    else void run();
  };
  const chosen = { ...draft, kind: pass.kind };
  return (
    <Dialog title="Change this pass" isOpen onClose={onClose}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <PassName chosen={chosen} onChange={change} />
        {isHiding(pass) ? <RevealRule chosen={chosen} onChange={change} /> : null}
        <PassSources chosen={chosen} onChange={change} />
        <p className="text-[13px] text-muted">
          A new source is coded by nobody until it is dealt out or ticked in the table. One that has marks of
          this pass stays in it.
        </p>
        <PassCodes chosen={chosen} onChange={change} />
        <FormError>{error}</FormError>
        <Button
          type="submit"
          look="primary"
          className="self-end"
          isDisabled={draft.name.trim() === '' || draft.sourceIds.length === 0}
          isPending={busy}
        >
          Save
        </Button>
      </form>
    </Dialog>
  );
}
