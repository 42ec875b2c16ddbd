'use client';
import { useState } from 'react';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Select } from '../ui/select';
import { toast } from '../ui/toasts';
import { useAction } from '../ui/use-action';
import type { Placed } from './use-targets';

const SCORES = ['0.95', '0.9', '0.8', '0.7'] as const;
type Score = (typeof SCORES)[number];

/** Accepts at once what has one proposed place and at least a score; taken back as a whole. */
export function AcceptMany({
  list,
  projectId,
  sourceId,
  onDone,
}: {
  list: readonly Placed[];
  projectId: string;
  sourceId: string;
  onDone: () => void;
}) {
  const [least, setLeast] = useState<Score>('0.8');
  const { me, role } = useProject((state) => ({ me: state.me.id, role: state.role }));
  const single = list.filter(
    ({ annotation, target }) =>
      target.candidates.length === 1 && (role !== 'annotator' || annotation.creator.id === me),
  );
  const countOf = (score: Score) => single.filter(({ target }) => target.score >= Number(score)).length;
  const params = { projectId, sourceId };
  const accept = useAction(async () => {
    const body = { minScore: Number(least), version: list[0]?.target.version };
    const { annotationIds } = await call('target.accept-all', { params, body });
    onDone();
    toast({
      text: annotationIds.length === 1 ? 'One place accepted' : `${annotationIds.length} places accepted`,
      action: {
        label: 'Undo',
        onPress: () =>
          void call('target.reopen-all', { params, body: { annotationIds } })
            .then(onDone)
            .catch(() =>
              toast({ tone: 'danger', text: 'They could not be opened again. Try it one by one.' }),
            ),
      },
    });
  });
  if (single.length === 0) return null;
  const count = countOf(least);
  return (
    <div className="flex flex-col gap-1 pb-4">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-[14px]">Accept at once what is at least</span>
        <Select
          label="Least score"
          labelHidden
          size="small"
          className="w-36"
          value={least}
          onChange={setLeast}
          options={SCORES.map((score) => ({
            id: score,
            label: `${Math.round(Number(score) * 100)} % alike (${countOf(score)})`,
          }))}
        />
        <Button
          size="small"
          isPending={accept.busy}
          isDisabled={count === 0}
          onPress={() => void accept.run()}
        >
          {count === 1 ? 'Accept one' : `Accept ${count}`}
        </Button>
      </div>
      <FormError>{accept.error}</FormError>
    </div>
  );
}
