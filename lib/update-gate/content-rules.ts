import { LIMITS } from './limits';
import type { GatePolicy } from './policy';
import type { Reason } from './refusal';
import { type Holder, KIND, type Kind } from './struct';

/** Something that is to stand in a holder: as the value of an attribute when it has a key, else in its list. */
export type Content = {
  readonly kind: Kind;
  readonly key: string | null;
  /** The name of an element (empty for text) or of a mark. */
  readonly name: string;
  readonly values: readonly unknown[];
};

/** Why content may not stand there; null when it may. What is deleted may stand anywhere. */
export function faultOf(policy: GatePolicy, holder: Holder, content: Content): Reason | null {
  const { kind, key, name, values } = content;
  if (kind === KIND.deleted) return null;
  if (key !== null) {
    const fits =
      kind === KIND.any &&
      holder.kind === 'element' &&
      values.every((value) => policy.allowsAttribute(holder.name, key, value));
    return fits ? null : 'an attribute that is not allowed';
  }
  if (holder.kind === 'text') return faultInText(policy, holder, content);
  if (kind !== KIND.type || holder.kind === 'other') return 'content where it cannot stand';
  if (holder.depth >= LIMITS.depth) return 'elements nested too deeply';
  const allowed =
    name === ''
      ? holder.kind === 'element' && policy.allowsText(holder.name)
      : policy.allowsChild(holder.name, name);
  return allowed ? null : 'content where it cannot stand';
}

function faultInText(policy: GatePolicy, holder: Holder, { kind, name, values }: Content): Reason | null {
  if (kind === KIND.string) return null;
  if (kind === KIND.format) {
    return policy.allowsMark(holder.name, name, values[0]) ? null : 'a mark that is not allowed';
  }
  if (kind === KIND.embed && policy.allowsEmbed(holder.name, values[0])) return null;
  return 'content where it cannot stand';
}
