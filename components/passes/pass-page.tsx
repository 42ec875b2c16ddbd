'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { can } from '@/lib/access/can';
import type { Pass, PassCoderGiven } from '@/lib/passes/pass';
import { isHiding } from '@/lib/passes/standing';
import { useActions, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button-link';
import { ConfirmDialog } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { call } from '../ui/http';
import { PageBody } from '../ui/page-body';
import { PageHeading } from '../ui/page-heading';
import { Select } from '../ui/select';
import { Time } from '../ui/time';
import { toast } from '../ui/toasts';
import { wordsFor } from '../ui/use-action';
import { CodersEditor, codersAs } from './coders-editor';
import { EditPassDialog } from './edit-pass-dialog';
import { PassTabs } from './pass-tabs';
import { kindWords } from './pass-words';
import { ProgressTable } from './progress-table';

/** One pass: how far everybody is, who codes what, and its reveal. */
export function PassPage({ passId }: { passId: string }) {
  const { pass, projectId } = useProject((state) => ({
    pass: state.passes.get(passId),
    projectId: state.project.id,
  }));
  if (pass === undefined)
    return (
      <PageBody>
        <EmptyState
          title="There is no such pass"
          action={<ButtonLink href={`/projects/${projectId}/passes`}>All passes</ButtonLink>}
        >
          It was removed, or the address is wrong.
        </EmptyState>
      </PageBody>
    );
  return <OpenPass pass={pass} />;
}

/** Does something to a pass and takes in the answer; a refusal is said. */
function useDeeds(pass: Pass) {
  const { learn, did, acting } = useActions();
  const params = { projectId: pass.projectId, passId: pass.id };
  /** With `undo` it can be taken back; the deed itself does it again. */
  const doing = async (deed: () => Promise<Pass>, name?: string, undo?: () => Promise<Pass>) => {
    const told = (of: () => Promise<Pass>) => async () => learn({ passes: [await of()] });
    try {
      await acting(async () => {
        await told(deed)();
        if (name !== undefined && undo !== undefined) did({ name, undo: told(undo), redo: told(deed) });
      });
      return true;
    } catch (error) {
      toast({ tone: 'danger', text: wordsFor(error) });
      return false;
    }
  };
  return { params, doing };
}

function OpenPass({ pass }: { pass: Pass }) {
  const { me, role, codes, notes } = useProject((state) => ({
    me: state.me.id,
    role: state.role,
    codes: state.codes,
    notes: state.notes,
  }));
  const { params, doing } = useDeeds(pass);
  const hides = isHiding(pass);
  const mayChange = can(role, 'pass.update') && (!hides || pass.lead.id === me || role === 'owner');
  const guideline = notes.get(pass.guidelineNoteId ?? '');
  const others = pass.coders.filter(({ userId }) => userId !== me).map(({ name }) => name);
  const assign = (changes: { coderId: string; sourceId: string; assigned: boolean }[]) =>
    call('pass.assign', { params, body: { changes } });
  const setCoders = (coders: PassCoderGiven[]) => call('pass.update', { params, body: { coders } });
  /** The coders as they are now, with what each of them codes. */
  const backTo = (now: Pass) => async () => {
    await setCoders(codersAs(now));
    return assign(now.assignments.map(({ coderId, sourceId }) => ({ coderId, sourceId, assigned: true })));
  };
  const named = pass.codeIds.flatMap((id) => codes.get(id)?.name ?? []);
  return (
    <PageBody>
      <PageHeading title={pass.name} action={mayChange ? <Deeds pass={pass} /> : undefined}>
        {kindWords(pass)}, led by {pass.lead.name}.{' '}
        {pass.revealed === null ? null : (
          <>
            {pass.revealedBy === null ? 'Revealed by itself' : `Revealed by ${pass.revealedBy.name}`}{' '}
            <Time at={pass.revealed} />.
          </>
        )}
      </PageHeading>
      <PassTabs pass={pass} current="progress" />
      <ProgressTable
        pass={pass}
        onAssign={
          mayChange && (!hides || pass.lead.id === me)
            ? (coderId, sourceId, assigned) =>
                void doing(
                  () => assign([{ coderId, sourceId, assigned }]),
                  'assignment',
                  () => assign([{ coderId, sourceId, assigned: !assigned }]),
                )
            : null
        }
      />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 py-6 text-[14px]">
        {hides && pass.lead.id !== me && others.length > 0 ? (
          <>
            <dt className="text-muted">Others who code</dt>
            <dd>{others.join(', ')}. How far they are is hidden until the reveal.</dd>
          </>
        ) : null}
        <dt className="text-muted">Codes</dt>
        <dd>{named.length === 0 ? 'All' : named.join(', ')}</dd>
        {guideline === undefined ? null : (
          <>
            <dt className="text-muted">Guideline</dt>
            <dd>
              <Link
                href={`/projects/${pass.projectId}/notes/${guideline.id}`}
                className="text-accent underline underline-offset-2"
              >
                {guideline.title}
              </Link>
            </dd>
          </>
        )}
      </dl>
      {mayChange ? (
        <CodersEditor
          pass={pass}
          onChange={({ coders }) => doing(() => setCoders(coders), 'change of the coders', backTo(pass))}
        />
      ) : null}
    </PageBody>
  );
}

function Deeds({ pass }: { pass: Pass }) {
  const router = useRouter();
  const { params, doing } = useDeeds(pass);
  const { removePass, restorePass } = useActions();
  const [perSource, setPerSource] = useState('2');
  const [isRevealing, setRevealing] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const open = pass.assignments.filter(({ state }) => state !== 'done').length;
  const most = Math.max(1, pass.coders.filter(({ isExpert }) => !isExpert).length);
  const remove = () => {
    removePass(pass.id);
    router.push(`/projects/${pass.projectId}/passes`);
    toast({
      text: `“${pass.name}” was removed`,
      action: { label: 'Undo', onPress: () => restorePass(pass.id) },
    });
  };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Select
        label="Coders a source"
        size="small"
        className="w-32"
        value={perSource}
        onChange={setPerSource}
        options={Array.from({ length: most }, (_, nth) => ({ id: String(nth + 1), label: String(nth + 1) }))}
      />
      <Button
        size="small"
        onPress={() =>
          void doing(() =>
            call('pass.deal', { params, body: { perSource: Math.min(Number(perSource), most) } }),
          )
        }
      >
        Deal out
      </Button>
      {isHiding(pass) ? (
        <Button size="small" look="primary" onPress={() => setRevealing(true)}>
          Reveal
        </Button>
      ) : null}
      <Button size="small" onPress={() => setEditing(true)}>
        Change
      </Button>
      {isEditing ? <EditPassDialog pass={pass} onClose={() => setEditing(false)} /> : null}
      <Button size="small" look="quiet" onPress={remove}>
        Remove
      </Button>
      <ConfirmDialog
        title="Reveal this pass?"
        confirm="Reveal it to everybody"
        isOpen={isRevealing}
        onClose={() => setRevealing(false)}
        onConfirm={() => {
          setRevealing(false);
          void doing(() => call('pass.reveal', { params }));
        }}
      >
        Everybody in the project sees all marks of all coders from then on, with what was said about them. It
        can’t be hidden again.
        {open > 0 ? ` ${open === 1 ? '1 assignment is' : `${open} assignments are`} not done yet.` : ''}
      </ConfirmDialog>
    </div>
  );
}
