import { insertValue, insertVariable, selectVariable, selectVariables } from '../../db/variables';
import type { IncomingVariable } from '../../lib/exchange/incoming';
import { NewVariable, readValue } from '../../lib/variables/variable';
import { type Coming, count, idsOf } from './coming';
import { tell } from './settle-up';

/** Variables of one project. */
const MOST = 500;

/** Brings a variable in with its values, or the values alone where there is one called so. What has a value keeps it. */
export async function bringVariable(coming: Coming, given: IncomingVariable): Promise<void> {
  const { tx, grant, losses, sources, speakers } = coming;
  const { made: id, all } = idsOf(coming, 'variable', given.key);
  const standing = await selectVariables(tx, grant);
  const alike = (one: { of: string; name: string }) =>
    one.of === given.of && one.name.toLowerCase() === given.name.toLowerCase();
  let variable = standing.find((one) => all.includes(one.id)) ?? standing.find(alike) ?? null;
  const fields = NewVariable.safeParse({ ...given, id });
  if (variable === null && (!fields.success || standing.length >= MOST))
    return losses.add('Variables', `A project has at most ${MOST}, each with a name.`, given.name);
  const isNew = variable === null;
  if (fields.success && variable === null) {
    const { of, name, kind, choices } = fields.data;
    await insertVariable(tx, grant, { id, of, name, kind, choices });
    variable = await selectVariable(tx, grant, id);
    if (variable === null)
      return losses.add('Variables that can’t be told apart', 'Something else has their id.', given.name);
    if (variable.deleted !== null)
      return losses.add(
        'Variables that were removed here',
        'They came in before, and were removed.',
        given.name,
      );
    await tell(coming, { type: 'variable.created', subject: variable });
  }
  if (variable === null) return;
  count(coming, 'Variables', given.key, isNew);
  for (const { subject, value } of given.values) {
    const subjectId = given.of === 'source' ? sources.get(subject)?.id : speakers.get(subject);
    const read = readValue(variable, value.slice(0, 200));
    if (subjectId === undefined) continue;
    if ('fault' in read) losses.add('Values that do not fit the variable here', read.fault, given.name);
    else await insertValue(tx, grant, variable.id, subjectId, read.value);
  }
}
