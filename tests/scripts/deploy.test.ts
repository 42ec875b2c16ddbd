import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const deployed = (name: string) => read(`docs/deploy/${name}`);
const VARIABLES = new Set([...read('env.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name));

const folder = mkdtempSync(join(tmpdir(), 'gloss-deploy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether a program is on this machine; where it is not, its test is passed over and says so. */
function has(program: string): boolean {
  const there = existsSync(program) || spawnSync('which', [program]).status === 0;
  if (!there) process.stderr.write(`not checked: there is no ${program} on this machine\n`);
  return there;
}
const NGINX = process.env.NGINX_PATH ?? '/usr/sbin/nginx';

type Probe = { httpGet: { path: string; httpHeaders: { name: string; value: string }[] } };
type Container = {
  env: { name: string }[];
  securityContext: { readOnlyRootFilesystem: boolean; allowPrivilegeEscalation: boolean };
  readinessProbe: Probe;
  livenessProbe: Probe;
};
type Manifest = {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec: { template: { spec: { containers: [Container]; securityContext: { runAsNonRoot: boolean } } } };
};

describe('The deployment files', () => {
  it('set no variable that the program does not read', () => {
    const compose = parseYaml(deployed('compose.yaml'), { merge: true });
    const manifests = parseAllDocuments(deployed('kubernetes.yaml')).map((one) => one.toJS() as Manifest);
    const set = [
      ...['web', 'sync-1', 'sync-2'].flatMap((name) => Object.keys(compose.services[name].environment)),
      ...manifests.flatMap(({ data = {}, stringData = {} }) => Object.keys({ ...data, ...stringData })),
      ...[...deployed('gloss.service').matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) =>
        line.split(' ').map((pair) => pair.split('=')[0] ?? ''),
      ),
      ...[...(/^ENV (.*)$/m.exec(deployed('Containerfile'))?.[1] ?? '').matchAll(/([A-Z_]+)=/g)].map(
        ([, name]) => name ?? '',
      ),
    ];
    expect(set.length).toBeGreaterThan(25);
    expect(set.filter((name) => !VARIABLES.has(name))).toEqual([]);
  });

  it('compose: each service of Gloss runs without rights, and the pages apart from the notes', () => {
    const { services } = parseYaml(deployed('compose.yaml'), { merge: true });
    expect(Object.keys(services)).toEqual(['postgres', 'web', 'sync-1', 'sync-2', 'proxy']);
    for (const name of ['web', 'sync-1', 'sync-2'])
      expect(services[name]).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        environment: { ROLE: name.split('-')[0], TRUSTED_PROXY: '1' },
      });
    const upstreams = [...deployed('nginx.conf').matchAll(/server ([a-z0-9-]+):3000/g)].map(
      ([, host]) => host,
    );
    expect(upstreams).toEqual(['web', 'sync-1', 'sync-2']);
  });

  it('kubernetes: pages and notes are probed by a name that they answer for, and run without rights', () => {
    const documents = parseAllDocuments(deployed('kubernetes.yaml'));
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    const parts = documents
      .map((one) => one.toJS() as Manifest)
      .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind));
    expect(parts.map(({ metadata }) => metadata.name)).toEqual(['web', 'sync']);
    for (const { spec } of parts) {
      const { containers, securityContext } = spec.template.spec;
      expect(securityContext.runAsNonRoot).toBe(true);
      const [{ readinessProbe, livenessProbe, ...container }] = containers;
      expect(container.securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      });
      expect([readinessProbe.httpGet.path, livenessProbe.httpGet.path]).toEqual([
        '/api/ready',
        '/api/health',
      ]);
      for (const { httpGet } of [readinessProbe, livenessProbe])
        expect(httpGet.httpHeaders).toEqual([{ name: 'Host', value: 'localhost:3000' }]);
    }
  });

  it('Containerfile: copies only what there is, and all that the build is made of; runs as nobody in particular', () => {
    const text = deployed('Containerfile');
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    expect(copied.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
    const shared = /const SHARED = \[(.*)\];/.exec(read('scripts/build.mjs'))?.[1] ?? '';
    const pages = /const PAGE_SOURCES = \[\.\.\.SHARED, (.*)\];/.exec(read('scripts/build.mjs'))?.[1] ?? '';
    const sources = [...`${shared}, ${pages}`.matchAll(/'([^'/]+)[^']*'/g)].flatMap(([, name = '']) => name);
    expect(sources.length).toBeGreaterThan(8);
    expect(sources.filter((name) => !copied.includes(name))).toEqual([]);
    expect(text.split('\n').findLast((line) => line.startsWith('USER '))).toBe('USER 10001');
  });

  it('grafana: asks only for measures that there are', () => {
    const asked = [...deployed('grafana.json').matchAll(/\b((?:gloss|nodejs|process)_[a-z0-9_]+)/g)].map(
      ([, name = '']) => name.replace(/_(bucket|count|sum)$/, ''),
    );
    const ours = [...read('server/metrics/metrics.ts').matchAll(/name: '(gloss_\w+)'/g)].map(
      ([, name]) => name,
    );
    const standard = [
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
    ];
    expect([...new Set(asked)].sort()).toEqual([...ours, ...standard].sort());
  });

  it.skipIf(!has(NGINX) || !has('openssl'))('nginx takes its configuration', () => {
    const made = spawnSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-subj',
        '/CN=gloss',
        '-keyout',
        'privkey.pem',
        '-out',
        'fullchain.pem',
      ],
      { cwd: folder },
    );
    expect(made.status, String(made.stderr)).toBe(0);
    const text = deployed('nginx.conf')
      .replace(/server (web|sync-\d):3000/g, 'server 127.0.0.1:3000')
      .replaceAll('/tmp/', `${folder}/`)
      .replaceAll('/certs/', `${folder}/`);
    writeFileSync(join(folder, 'nginx.conf'), text);
    const { status, stderr } = spawnSync(NGINX, ['-t', '-p', folder, '-c', 'nginx.conf', '-e', 'error.log']);
    expect(status, String(stderr)).toBe(0);
  });

  it.skipIf(!has('systemd-analyze'))('systemd takes its units', () => {
    const units = readdirSync(join(ROOT, 'docs/deploy')).filter((name) => /\.(service|timer)$/.test(name));
    expect(units).toHaveLength(3);
    for (const name of units) {
      const text = deployed(name)
        .replace('/usr/bin/node', process.execPath)
        .replace(/^(User|Group)=gloss$/gm, '$1=root');
      writeFileSync(join(folder, name), text);
    }
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], {
      cwd: folder,
    });
    const told = String(stderr)
      .split('\n')
      .filter((line) => line.includes(folder) || /^gloss/.test(line));
    expect(told).toEqual([]);
    expect(status, String(stderr)).toBe(0);
  });
});
