import type { CountedBy } from '../../db/analysis/codings';
import { database } from '../../db/client';
import { selectVariable } from '../../db/variables';
import type { Grant } from '../../lib/access/grant';
import type { AnalysisQuery, BuiltIn } from '../../lib/analysis/analysis';
import type { VariableKind } from '../../lib/variables/variable';
import { notFound } from '../edit';

/** A variable that something is counted by, with what its values are called. */
export type Asked = { readonly by: CountedBy; readonly name: string; readonly kind: VariableKind };

const BUILT: Record<BuiltIn, { name: string; kind: VariableKind }> = {
  outlet: { name: 'Outlet', kind: 'text' },
  month: { name: 'Month of publication', kind: 'date' },
  language: { name: 'Language', kind: 'text' },
  speaker: { name: 'Speaker', kind: 'text' },
};
const isBuiltIn = (variable: string): variable is BuiltIn => Object.hasOwn(BUILT, variable);

/** The variable of a query. @throws AppError not-found when it is none of the project's. */
export async function variableOf(
  grant: Grant,
  { variable }: Pick<AnalysisQuery, 'variable'>,
): Promise<Asked> {
  if (isBuiltIn(variable)) return { by: { builtIn: variable }, ...BUILT[variable] };
  const found = await selectVariable(database(), grant, variable);
  if (found === null || found.deleted !== null) throw notFound('variable');
  const { id, of, name, kind } = found;
  return { by: { id, of }, name, kind };
}

/** Whether a variable says something of speakers. */
export function isOfSpeakers({ by }: Asked): boolean {
  return 'builtIn' in by ? by.builtIn === 'speaker' : by.of === 'speaker';
}

/** How the values of a variable follow each other; null for the most frequent first. What is not known comes last. */
export function orderOf({ kind }: Pick<Asked, 'kind'>): ((one: string, other: string) => number) | null {
  if (kind !== 'date' && kind !== 'number') return null;
  return (one, other) => {
    if (one === '' || other === '') return one === other ? 0 : one === '' ? 1 : -1;
    return kind === 'number' ? Number(one) - Number(other) : one < other ? -1 : one > other ? 1 : 0;
  };
}
