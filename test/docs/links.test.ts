// Every link of the documentation leads somewhere: to a file that is there, and to a heading that it has.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
/** npm takes these along by itself. */
const ALWAYS = ['README.md', 'LICENSE'];

const own = readdirSync(root).filter((name) => name.endsWith('.md'));
const pages = [...own, ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((page) =>
  page.endsWith('.md'),
);
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Text without its code, where brackets are no links and `#` no headings. */
const prose = (text: string): string =>
  text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, 'code');

/** What a heading is called in a link, as Markdown's readers do it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(page: string): string[] {
  const text = read(page).replaceAll(/^```[\s\S]*?^```$/gm, '');
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/** The links of a page that do not leave the repository. */
function linksOf(page: string): string[] {
  const links = [...prose(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

/** What is wrong with a link; nothing when it leads somewhere. */
function problem(page: string, link: string): string[] {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, target))) return [`${link}: no such file`];
  if (anchor === undefined || anchorsOf(target).includes(anchor)) return [];
  return [`${link}: ${target} has no such heading`];
}

/** Pages that go with the npm package, where a link to what stays in the repository would be dead. */
function isShipped(path: string): boolean {
  return ALWAYS.includes(path) || files.some((entry) => path === entry || path.startsWith(`${entry}/`));
}

function leavesPackage(page: string, link: string): boolean {
  const [path = ''] = link.split('#');
  return path !== '' && isShipped(page) && !isShipped(relative(root, join(root, dirname(page), path)));
}

describe.each(pages)('%s', (page) => {
  test('links to what is there', () => {
    expect(linksOf(page).flatMap((link) => problem(page, link))).toEqual([]);
  });

  test('links to nothing that the npm package lacks', () => {
    expect(linksOf(page).filter((link) => leavesPackage(page, link))).toEqual([]);
  });
});

test('a link that leads nowhere is seen', () => {
  expect(problem('README.md', 'docs/none.md')).toEqual(['docs/none.md: no such file']);
  expect(problem('README.md', 'docs/gpu.md#none')).toEqual([
    'docs/gpu.md#none: docs/gpu.md has no such heading',
  ]);
  expect(problem('docs/gpu.md', '../README.md#install')).toEqual([]);
});
