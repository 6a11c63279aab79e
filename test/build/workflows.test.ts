// The workflows are files of this repository like others: they parse, and what they start exists.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subset } from 'semver';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { lines } from '../../scripts/test-nodes.mjs';

interface Step {
  readonly run?: string;
  readonly uses?: string;
}

interface Job {
  readonly needs?: string | string[];
  readonly permissions?: Record<string, string>;
  readonly if?: string;
  readonly strategy?: { readonly matrix: { readonly node?: string[] } };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, '.github', 'workflows');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const read = (name: string): Workflow => parse(readFileSync(join(folder, name), 'utf8'));

/** What of a command line is ours and not there. */
function missing(command: string): string[] {
  const scripts = [...command.matchAll(/npm run (?:--\S+ )*([\w:-]+)/g)].map(([, name = '']) => name);
  const files = [...command.matchAll(/(?:^|\s)(?:node )?((?:scripts|test|[.]ci)\/[\w./-]+)/g)].map(
    ([, path = '']) => path,
  );
  return [
    ...scripts.filter((name) => !(name in manifest.scripts)),
    ...(/npm test\b/.test(command) && !('test' in manifest.scripts) ? ['test'] : []),
    ...files.filter((path) => !existsSync(join(root, path))),
  ];
}

describe.each(readdirSync(folder))('%s', (name) => {
  const { jobs, permissions } = read(name);
  const entries = Object.entries(jobs);
  const commands = entries.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));

  test('starts scripts that exist', () => {
    expect(commands.filter((command) => /npm run|npm test|\//.test(command)).length).toBeGreaterThan(0);
    expect(commands.flatMap(missing)).toEqual([]);
  });

  test('has a job for each name another job waits for', () => {
    expect(entries.flatMap(([, { needs = [] }]) => [needs].flat()).filter((job) => !(job in jobs))).toEqual(
      [],
    );
  });

  test('may do nothing but read, except where it publishes', () => {
    expect(permissions).toEqual({ contents: 'read' });
    for (const [job, { permissions: more = {}, if: condition }] of entries) {
      if (Object.values(more).includes('write')) {
        expect([job, condition]).toEqual(['publish', "github.ref_type == 'tag'"]);
        expect(more).toEqual({ contents: 'read', 'id-token': 'write' });
      }
    }
  });

  test('uses actions of GitHub only, by version', () => {
    const uses = entries.flatMap(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
    expect(uses.filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))).toEqual([]);
  });

  test('runs on the oldest Node that is supported', () => {
    const nodes = entries.flatMap(([, { strategy }]) => strategy?.matrix.node ?? []);
    expect(nodes.filter((version) => !subset(version, manifest.engines.node))).toEqual([]);
    expect(nodes).toContain('20.19');
  });
});

test('the tests run on each line of Node that npm run test:nodes runs them on', () => {
  const nodes = read('ci.yml').jobs.test?.strategy?.matrix.node ?? [];
  expect(nodes.map((version) => version.split('.')[0])).toEqual(lines);
});

test('a check that finds nothing wrong would also find what is wrong', () => {
  expect(missing('npm run no:such && node scripts/none.mjs')).toEqual(['no:such', 'scripts/none.mjs']);
  expect(missing('npm run compile && node scripts/lint.mjs && .ci/run')).toEqual([]);
});

test('the release tries the packages before it publishes them', () => {
  const { publish } = read('release.yml').jobs;
  expect(publish?.needs).toEqual(['pack', 'try']);
});
