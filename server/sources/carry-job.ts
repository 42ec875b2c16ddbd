import { carryAcross } from '../../lib/anchoring/carry';
import { compareTexts } from '../../lib/anchoring/compare';
import { type CarriedTarget, carryTarget, type Standing } from '../../lib/annotations/carry-target';

/** Marks to be carried to a new text, each from the version it stands in; plain data, so that it can cross into a worker. */
export type CarryJob = {
  readonly to: { readonly version: number; readonly text: string };
  readonly from: readonly { readonly text: string; readonly marks: readonly Standing[] }[];
};

/** Carries them, in the thread it is called in; answers for each text its marks' targets, in the order given. */
export function carryJob({ to, from }: CarryJob): CarriedTarget[][] {
  return from.map(({ text, marks }) => {
    const outcomes = carryAcross(compareTexts(text, to.text), marks);
    return marks.map((mark, nth) => carryTarget(mark, outcomes[nth] as (typeof outcomes)[number], to));
  });
}
