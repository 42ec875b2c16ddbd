'use client';
import { useState } from 'react';
import type { Variable } from '@/lib/variables/variable';
import { useProject } from '../live/project-context';
import { useMay } from '../live/use-may';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Section } from '../ui/section';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { toast } from '../ui/toasts';
import { useAction, wordsFor } from '../ui/use-action';
import { useCall } from '../ui/use-call';
import { NewVariableForm } from './new-variable-form';
import { RenameVariable } from './rename-variable';

/** What a source or speaker has of each variable of the project, to be filled in. */
export function VariableValues({ of, subjectId }: { of: Variable['of']; subjectId: string }) {
  const { projectId, lastEventId } = useProject((state) => ({
    projectId: state.project.id,
    lastEventId: state.lastEventId,
  }));
  const mayMake = useMay('variable.create');
  const mayRename = useMay('variable.update');
  const params = { projectId };
  const variables = useCall((signal) => call('variable.list', { params, signal }), String(lastEventId));
  const values = useCall(
    (signal) => call('variable-value.list', { params, query: { subject: subjectId }, signal }),
    `${lastEventId} ${subjectId}`,
  );
  const own = (variables.data?.items ?? []).filter((one) => one.of === of);
  const valueOfVariable = (id: string) =>
    values.data?.items.find(({ variableId }) => variableId === id)?.value ?? '';
  return (
    <Section
      title="Variables"
      about={
        own.length === 0
          ? of === 'source'
            ? 'Outlet, date and language are known already. Add what else tells sources apart, such as leaning or region: codes and words can then be compared by it.'
            : 'Add what tells speakers apart, such as party or office: codes and words can then be compared by it.'
          : of === 'speaker'
            ? 'Everybody in the project sees these. Of a protected speaker they are not shown and not counted.'
            : undefined
      }
    >
      <FormError>{variables.error ?? values.error}</FormError>
      {values.data === null ? null : (
        <div className="grid gap-3 sm:grid-cols-2">
          {own.map((variable) => (
            <div key={variable.id} className="flex min-w-0 flex-wrap items-end gap-1">
              <div className="min-w-40 grow">
                <ValueField
                  key={valueOfVariable(variable.id)}
                  variable={variable}
                  subjectId={subjectId}
                  value={valueOfVariable(variable.id)}
                />
              </div>
              {mayRename ? <RenameVariable variable={variable} /> : null}
            </div>
          ))}
        </div>
      )}
      {mayMake ? <NewVariableForm of={of} onMade={variables.reload} /> : null}
    </Section>
  );
}

function ValueField({
  variable,
  subjectId,
  value,
}: {
  variable: Variable;
  subjectId: string;
  value: string;
}) {
  const { id: variableId, projectId, name, kind, choices } = variable;
  const isOff = !useMay('variable.set');
  const [typed, setTyped] = useState(value);
  const params = { projectId, variableId, subjectId };
  const put = (next: string) =>
    call('variable-value.set', { params, body: { value: next === '' ? null : next } });
  const save = useAction(async (next: string) => {
    await put(next);
    const undo = () => void put(value).catch((cause) => toast({ text: wordsFor(cause), tone: 'danger' }));
    toast({ text: `${name} was saved`, action: { label: 'Undo', onPress: undo } });
  });
  if (kind === 'choice')
    return (
      <div>
        <Select
          label={name}
          isDisabled={isOff}
          value={value}
          options={[
            { id: '', label: 'Not known' },
            ...[...new Set([...choices, value])].filter(Boolean).map((id) => ({ id, label: id })),
          ]}
          onChange={(next) => void save.run(next)}
        />
        <FormError>{save.error}</FormError>
      </div>
    );
  const keep = () => {
    if (typed.trim() !== value) void save.run(typed.trim());
  };
  return (
    <TextField
      label={name}
      isDisabled={isOff}
      placeholder={kind === 'date' ? '2024-05-31' : 'Not known'}
      maxLength={200}
      value={typed}
      onChange={setTyped}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
      error={save.error}
    />
  );
}
