import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readEnv } from '../../env';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

test('.env.example is a configuration that works as it stands, and says the defaults', () => {
  const values = readEnv(parseEnv(read('.env.example')));
  expect(values).toEqual(readEnv({}));
});

test('.env.example explains every variable that is read', () => {
  const variables = [...read('env.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1]);
  expect(variables.length).toBeGreaterThan(15);
  const example = read('.env.example');
  expect(variables.filter((name) => !new RegExp(`^(# )?${name}=`, 'm').test(example))).toEqual([]);
});
