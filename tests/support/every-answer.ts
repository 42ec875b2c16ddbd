import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import { lettersOf } from './exchange-records';
import { call, type Person } from './instance';

type Query = Record<string, string | number>;
export type Asked = {
  /** What stands in the paths, by name; an operation that wants more is not asked. */
  readonly params: Readonly<Record<string, string>>;
  /** The same with other things in their place, of operations that have these names. */
  readonly also?: readonly Readonly<Record<string, string>>[];
  readonly queries?: Partial<Record<OperationId, readonly Query[]>>;
};

/** All answers that a person can ask for, by the operation: every GET of the contract that is not public, as text, with what is in archives. */
export async function everyAnswer(person: Person, { params, also = [], queries = {} }: Asked) {
  const answers = new Map<OperationId, string>();
  for (const operation of Object.values(OPERATIONS)) {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const isKnown = names.every((name) => name in params);
    if (operation.method !== 'GET' || !isKnown || operation.access === 'public') continue;
    const id = operation.id as OperationId;
    const others = also.filter((one) => Object.keys(one).every((name) => names.includes(name)));
    for (const query of queries[id] ?? [{}])
      for (const other of [{}, ...others]) {
        const response = await call(id, person, { params: { ...params, ...other }, query });
        const text = lettersOf(new Uint8Array(await response.arrayBuffer()));
        answers.set(id, `${answers.get(id) ?? ''}${text}\n`);
      }
  }
  return answers;
}
