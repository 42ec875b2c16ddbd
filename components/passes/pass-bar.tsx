'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { isTyping, useActions, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { call } from '../ui/http';
import { Kbd } from '../ui/kbd';
import { Spinner } from '../ui/progress';
import { Select } from '../ui/select';
import { toast } from '../ui/toasts';
import { useAction } from '../ui/use-action';
import { codingWords } from './pass-words';
import { usePass } from './use-pass';

const TrainingFeedback = lazy(() =>
  import('./training-feedback').then((module) => ({ default: module.TrainingFeedback })),
);
const Guideline = lazy(() => import('./guideline').then((module) => ({ default: module.Guideline })));

/** Above the article: in which pass one codes here, who sees that, and that one is done. */
export function PassBar({ sourceId }: { sourceId: string }) {
  const { all, coding, choose, passId } = usePass(sourceId);
  const { projectId, waiting, hasGuideline } = useProject((state) => ({
    projectId: state.project.id,
    waiting: state.waiting,
    hasGuideline: state.notes.has(coding?.pass.guidelineNoteId ?? ''),
  }));
  const { learn } = useActions();
  const [isReading, setReading] = useState(false);
  useGuidelineKey(hasGuideline, () => setReading((before) => !before));
  const { run, busy } = useAction(async (state: 'working' | 'done') => {
    if (coding === null) return;
    const params = { projectId, passId: coding.pass.id };
    const pass = await call('pass.progress', { params, body: { sourceId, state } }).catch((error: Error) => {
      toast({ tone: 'danger', text: error.message });
      return null;
    });
    if (pass !== null) learn({ passes: [pass] });
  });
  if (coding === null) return null;
  const { pass } = coding;
  const isDone = passId === null;
  const learns = pass.coders.some(({ isExpert }) => isExpert);
  return (
    <section
      aria-label="Pass"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-accent-wash px-4 py-1.5 text-[13px]"
    >
      <p className="min-w-0 grow">
        {isDone ? 'Done with this source in ' : 'Coding in '}
        <strong className="font-semibold">“{pass.name}”</strong>
        {'. '}
        <span className="text-muted">
          {isDone
            ? learns
              ? 'The expert’s marks stand beside yours. What you mark now is in no pass.'
              : 'What you mark now is in no pass.'
            : codingWords(pass)}
        </span>
      </p>
      {all.length > 1 ? (
        <Select
          label="Pass to code in"
          labelHidden
          size="small"
          className="w-40"
          value={pass.id}
          onChange={choose}
          options={all.map((one) => ({ id: one.pass.id, label: one.pass.name }))}
        />
      ) : null}
      {hasGuideline ? (
        <Button size="small" look="quiet" onPress={() => setReading(true)}>
          Guideline <Kbd>g</Kbd>
        </Button>
      ) : null}
      {isDone ? (
        learns ? null : (
          <Button size="small" isPending={busy} onPress={() => void run('working')}>
            Take it up again
          </Button>
        )
      ) : (
        <Button
          size="small"
          look="primary"
          isPending={busy}
          isDisabled={waiting > 0}
          onPress={() => void run('done')}
        >
          Done with this source
        </Button>
      )}
      {isDone && learns ? (
        <Suspense fallback={null}>
          <TrainingFeedback pass={pass} sourceId={sourceId} />
        </Suspense>
      ) : null}
      {isReading && pass.guidelineNoteId !== null ? (
        <Suspense fallback={<Spinner label="Opening the guideline" />}>
          <Guideline noteId={pass.guidelineNoteId} onClose={() => setReading(false)} />
        </Suspense>
      ) : null}
    </section>
  );
}

/** `g`, where nobody types, opens and closes the guideline. */
function useGuidelineKey(isThere: boolean, toggle: () => void) {
  useEffect(() => {
    if (!isThere) return;
    const listen = (event: KeyboardEvent) => {
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
      if (event.key !== 'g' || !isPlain || event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      toggle();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}
