import { sentence } from './prose';
import type { Random } from './random';

const FOLLOW_UPS = 2_000;
const DAY = 86_400_000;

/** Rows of questions and tasks, most of them raised by a mark, a third of them done. */
export function followUpRows(
  { projectId, began }: { projectId: string; began: number },
  people: readonly { id: string }[],
  marks: readonly { id: string; source_id: string; exact: string }[],
  prose: Random,
  id: () => string,
) {
  return Array.from({ length: FOLLOW_UPS }, (_, n) => {
    const mark = n % 4 === 3 ? null : marks[(n * 37) % marks.length];
    const at = new Date(began).toISOString();
    return {
      ...{
        id: id(),
        project_id: projectId,
        kind: n % 2 === 0 ? 'question' : 'task',
        wording: sentence(prose),
      },
      ...{ details: '', owner_id: n % 5 === 4 ? null : prose.pick(people).id },
      due: n % 3 === 0 ? new Date(began + (n % 60) * DAY).toISOString().slice(0, 10) : null,
      state: ['open', 'doing', 'done'][n % 3],
      ...{ raised_by: mark ? 'annotation' : null, raised_by_id: mark?.id ?? null },
      ...{ raised_source_id: mark?.source_id ?? null, raised_annotation_id: mark?.id ?? null },
      ...{ raised_quote: mark?.exact ?? null, place: `v${String(n + 1).padStart(5, '0')}1` },
      ...{ creator_id: prose.pick(people).id, created: at, modified: at, revision: 1 },
    };
  });
}
