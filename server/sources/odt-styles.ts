import { SaxesParser, type SaxesTagNS } from 'saxes';

const NAMESPACES: Readonly<Record<string, string>> = {
  'urn:oasis:names:tc:opendocument:xmlns:office:1.0': 'office',
  'urn:oasis:names:tc:opendocument:xmlns:text:1.0': 'text',
  'urn:oasis:names:tc:opendocument:xmlns:table:1.0': 'table',
  'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0': 'draw',
  'urn:oasis:names:tc:opendocument:xmlns:style:1.0': 'style',
  'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0': 'svg',
};

/** An element of OpenDocument by the prefix that the standard has for it, whatever the file calls it; its own name elsewhere. */
export function odtName({ uri, local }: Pick<SaxesTagNS, 'uri' | 'local'>): string {
  const prefix = NAMESPACES[uri];
  return prefix === undefined ? local : `${prefix}:${local}`;
}

/** An attribute by its own name, without its prefix. */
export function odtAttribute(tag: SaxesTagNS, name: string): string | undefined {
  return Object.values(tag.attributes).find(({ local }) => local === name)?.value;
}

type Look = { parent: string | undefined; tags: string[] };

/** What the styles of a document mean for how its text is read. */
export class OdtStyles {
  readonly #looks = new Map<string, Look>();
  readonly #numbered = new Map<string, Set<number>>();

  /** Takes the styles of a part that was checked before; of one name the first counts. */
  read(xml: string): void {
    const parser = new SaxesParser({ xmlns: true, position: false });
    let look: Look | null = null;
    let levels: Set<number> | null = null;
    parser.on('opentag', (tag) => {
      const name = odtName(tag);
      if (name === 'style:style') {
        look = { parent: odtAttribute(tag, 'parent-style-name'), tags: [] };
        this.#keep(this.#looks, odtAttribute(tag, 'name'), look);
      } else if (name === 'style:text-properties') look?.tags.push(...tagsOf(tag));
      else if (name === 'text:list-style') {
        levels = new Set();
        this.#keep(this.#numbered, odtAttribute(tag, 'name'), levels);
      } else if (name === 'text:list-level-style-number') levels?.add(Number(odtAttribute(tag, 'level')));
    });
    parser.write(xml).close();
  }

  #keep<T>(into: Map<string, T>, name: string | undefined, value: T): void {
    if (name !== undefined && !into.has(name)) into.set(name, value);
  }

  /** The elements of HTML that letters in a style of this name stand in. */
  tagsOf(name: string | undefined): readonly string[] {
    return this.#looks.get(name ?? '')?.tags ?? [];
  }

  /** Whether a style is one of the program's own, or made from it. */
  comesFrom(name: string | undefined, origin: string): boolean {
    let at = name;
    for (let steps = 0; at !== undefined && steps < 20; steps += 1) {
      if (at === origin) return true;
      at = this.#looks.get(at)?.parent;
    }
    return false;
  }

  /** Whether a list is counted at a level, from 1. */
  isNumbered(name: string | undefined, level: number): boolean {
    return this.#numbered.get(name ?? '')?.has(level) ?? false;
  }
}

function tagsOf(tag: SaxesTagNS): string[] {
  const is = (name: string, value: RegExp) => value.test(odtAttribute(tag, name) ?? '');
  return [
    ...(is('font-weight', /^(?:bold|[6-9]00)$/) ? ['strong'] : []),
    ...(is('font-style', /^(?:italic|oblique)$/) ? ['em'] : []),
    ...(is('text-position', /^(?:super|[1-9])/) ? ['sup'] : []),
    ...(is('text-position', /^(?:sub|-)/) ? ['sub'] : []),
  ];
}
