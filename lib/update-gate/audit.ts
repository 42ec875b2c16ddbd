import * as Y from 'yjs';
import { faultOf } from './content-rules';
import { DocumentView } from './document-view';
import type { GatePolicy } from './policy';
import type { Reason } from './refusal';
import { KIND, type Kind } from './struct';

/**
 * Looks a whole document over, for instance one that was just loaded: why it is not what the gate would have let come
 * about, or null. It finds what can be seen in the document, not everything the gate refuses.
 */
export function auditDocument(doc: Y.Doc, policy: GatePolicy): Reason | 'a gap' | null {
  const view = new DocumentView(doc);
  for (const root of policy.roots) doc.getXmlFragment(root);
  for (const structs of doc.store.clients.values()) {
    let clock = 0;
    for (const struct of structs) {
      if (struct.length < 1) return 'a length of nothing';
      if (struct.id.clock !== clock) return 'a gap';
      clock += struct.length;
      const fault = struct instanceof Y.Item ? faultOfItem(view, policy, struct) : null;
      if (fault !== null) return fault;
    }
  }
  return null;
}

function faultOfItem(view: DocumentView, policy: GatePolicy, item: Y.Item): Reason | null {
  if (item.deleted) return null;
  const holder = view.holderOf(item);
  if (holder === null) return 'content where it cannot stand';
  const { content, parentSub: key } = item;
  if (content instanceof Y.ContentString) {
    return faultOf(policy, holder, { kind: KIND.string, key, name: '', values: [] });
  }
  if (content instanceof Y.ContentFormat) {
    return faultOf(policy, holder, { kind: KIND.format, key, name: content.key, values: [content.value] });
  }
  if (content instanceof Y.ContentAny) {
    return faultOf(policy, holder, { kind: KIND.any, key, name: '', values: content.arr });
  }
  if (content instanceof Y.ContentEmbed) {
    return faultOf(policy, holder, { kind: KIND.embed, key, name: '', values: [content.embed] });
  }
  const kind: Kind = KIND.type;
  if (content instanceof Y.ContentType && content.type instanceof Y.XmlElement) {
    return faultOf(policy, holder, { kind, key, name: content.type.nodeName, values: [] });
  }
  if (content instanceof Y.ContentType && content.type instanceof Y.XmlText) {
    return faultOf(policy, holder, { kind, key, name: '', values: [] });
  }
  return 'content where it cannot stand';
}
