/** The part of JSON Schema that zod writes for this contract. */
export type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
};

/** One field of a body or answer as a reader of the contract wants it. */
export type Field = { readonly name: string; readonly type: string; readonly required: boolean };

/** The alternatives a body or answer may take, each as its fields; one with no fields is given by its type alone. */
export function shapesOf(schema: Schema): { readonly type: string; readonly fields: readonly Field[] }[] {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.flatMap(shapesOf);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    type: typeWords(field),
    required: (schema.required ?? []).includes(name) && field.default === undefined,
  }));
  return [{ type: typeWords(schema), fields }];
}

/** A type in a few words: `string`, `list of Id`, `"read" or "write"`, `{ id, name } or null`. */
export function typeWords(schema: Schema): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeWords))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeWords).join(', ')}]`;
  if (schema.items) return `list of ${typeWords(schema.items)}`;
  if (schema.description === 'UUIDv7') return 'id';
  if (schema.format === 'date-time') return 'time';
  if (schema.properties) return `{ ${Object.keys(schema.properties).join(', ')} }`;
  if (schema.format === 'uri') return 'address';
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  return typeof schema.type === 'string' ? schema.type : 'anything';
}
