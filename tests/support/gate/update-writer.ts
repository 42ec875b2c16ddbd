/** Writes updates in version 1 of Yjs' encoding by hand, the wrong ones too. */
export class UpdateWriter {
  readonly bytes: number[] = [];

  number(value: number): this {
    let rest = value;
    while (rest > 0x7f) {
      this.bytes.push((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
    return this;
  }

  numbers(...values: number[]): this {
    for (const value of values) this.number(value);
    return this;
  }

  byte(...bytes: number[]): this {
    this.bytes.push(...bytes);
    return this;
  }

  text(text: string): this {
    const bytes = new TextEncoder().encode(text);
    this.number(bytes.length);
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

export type Id = { readonly client: number; readonly clock: number };

/** Where a struct says it stands: beside others, or as the child of a root or a type. */
export type Stand = {
  readonly left?: Id;
  readonly right?: Id;
  readonly root?: string;
  readonly parent?: Id;
  readonly key?: string;
};

/** The head of a struct: its kind and where it stands. */
export function head(writer: UpdateWriter, kind: number, { left, right, root, parent, key }: Stand): void {
  writer.byte(kind | (left ? 0x80 : 0) | (right ? 0x40 : 0) | (key === undefined ? 0 : 0x20));
  if (left) writer.numbers(left.client, left.clock);
  if (right) writer.numbers(right.client, right.clock);
  if (left || right) return;
  if (root !== undefined) writer.number(1).text(root);
  else writer.number(0).numbers(parent?.client ?? 0, parent?.clock ?? 0);
  if (key !== undefined) writer.text(key);
}
