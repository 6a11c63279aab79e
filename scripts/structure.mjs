// Measures how the code is built, as a table: rooms and their size, the longest file and functions, names that two files
// declare, decisions on the form of a table, and how often a table is opened in one call. `-- FOLDER` measures another
// clone, so that two states can be compared; `--names` lists the names.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { markdownTable } from './shared/page.mjs';
import { main, root } from './shared/run.mjs';
import { countOpenings } from './structure/openings.mjs';

const words = process.argv.slice(2);
const folder = resolve(words.find((word) => !word.startsWith('--')) ?? root);
const FORMS = 'arrow|named|records|rows|dense|sparse|csr|csc';
/** A branch of a switch, a comparison, or a question to Arrow: each decides what a table is. */
const DECISION = new RegExp(
  `case '(?:${FORMS})'|[.](?:form|kind) [!=]== '(?:${FORMS})'|\\bisArrow(?:Table|RecordBatch)\\(`,
  'g',
);

/** The sources below `place` that git tracks. */
function sources(place, ending) {
  const listed = execFileSync('git', ['ls-files', place], { cwd: folder, encoding: 'utf8' });
  const paths = listed.split('\n').filter((path) => ending.test(path) && !path.endsWith('generated.ts'));
  return paths.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

const linesOf = (text) => text.split('\n').length - 1;

/** The names that the statements of a file declare. */
function declaredNames(source) {
  return source.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? name.text : [],
      );
    }
    const named = [ts.isFunctionDeclaration, ts.isClassDeclaration, ts.isInterfaceDeclaration];
    const declares = [...named, ts.isTypeAliasDeclaration, ts.isEnumDeclaration].some((is) => is(statement));
    return declares && statement.name !== undefined ? [statement.name.text] : [];
  });
}

/** The number of lines of each function with a body. */
function functionLengths(source) {
  const lengths = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      const [from, to] = [node.getStart(source), node.end].map(
        (at) => source.getLineAndCharacterOfPosition(at).line,
      );
      lengths.push(to - from + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lengths;
}

function roomsOf(files) {
  const rooms = new Map();
  for (const { path, text } of files) {
    const room = path.split('/').slice(0, -1).join('/');
    const { count, lines } = rooms.get(room) ?? { count: 0, lines: 0 };
    rooms.set(room, { count: count + 1, lines: lines + linesOf(text) });
  }
  return [...rooms]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([room, { count, lines }]) => [`\`${room}/\``, `${count}`, `${lines}`]);
}

function longestOf(files) {
  const [longest] = files
    .map(({ path, text }) => ({ path, lines: linesOf(text) }))
    .sort((a, b) => b.lines - a.lines);
  return longest === undefined ? '–' : `${longest.lines} (\`${longest.path}\`)`;
}

/** Files by the names they declare at the top; a method's overloads are one name. */
function homesOf(parsed) {
  const homes = new Map();
  for (const { path, source } of parsed) {
    for (const name of new Set(declaredNames(source))) homes.set(name, [...(homes.get(name) ?? []), path]);
  }
  return homes;
}

await main(async () => {
  const lib = sources('lib', /[.]ts$/);
  const native = sources('native', /[.](cc|h)$/);
  const parsed = lib.map(({ path, text }) => {
    return { path, source: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
  });
  const homes = homesOf(parsed);
  const shared = [...homes].filter(([, paths]) => paths.length > 1);
  const lengths = parsed.flatMap(({ source }) => functionLengths(source));
  const decisions = lib
    .map(({ path, text }) => [path, text.match(DECISION)?.length ?? 0])
    .filter(([, count]) => count > 0);
  const total = (files) =>
    `${files.length} files, ${files.reduce((sum, { text }) => sum + linesOf(text), 0)} lines`;
  const openings = await countOpenings(folder);
  const rows = [
    ['lib', total(lib)],
    ['native', total(native)],
    ['longest file of lib', longestOf(lib)],
    ['longest file of native', longestOf(native)],
    [
      'functions of lib, and those above 40 lines',
      `${lengths.length}, ${lengths.filter((n) => n > 40).length}`,
    ],
    ['names at the top of a file, and those with two homes', `${homes.size}, ${shared.length}`],
    [
      'decisions on the form of a table, and files that hold them',
      `${decisions.reduce((sum, [, n]) => sum + n, 0)}, ${decisions.length}`,
    ],
    ...openings.map(([call, count]) => [`times a table is opened: ${call}`, `${count}`]),
  ];
  console.log(markdownTable(['Measure', folder === root ? 'here' : folder], rows));
  console.log(`\n${markdownTable(['Room', 'files', 'lines'], roomsOf([...lib, ...native]))}`);
  if (words.includes('--names')) {
    console.log(
      `\n${markdownTable(
        ['Name', 'declared in'],
        shared.map(([name, paths]) => [name, paths.join(', ')]),
      )}`,
    );
  }
});
