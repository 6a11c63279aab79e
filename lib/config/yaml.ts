// Reads YAML 1.2 into plain values, with the place of each. Nothing in a document can run, expand or reach out.
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  parseDocument,
} from 'yaml';
import { checkDepth, checkKey, type Finding, FindingError, fail, MAX_DEPTH, type Path } from './plain.js';

/** Repeated use of anchors: a handful is convenience, thousands are an attack. */
const MAX_ALIASES = 100;
/** Tokens that may be open at once: a level of content opens a few. */
const MAX_TOKENS_OPEN = 4 * MAX_DEPTH;
/** Values in a document, those behind aliases counted each time. */
const MAX_VALUES = 100_000;

interface Offsets {
  readonly key: number;
  readonly value: number;
}

/** A place in the file, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A document: its value, and where each part of it stands. */
export interface YamlDocument {
  readonly value: unknown;
  /** Of the nearest part that is there. */
  place(finding: Finding): Place;
}

/** A syntax error, with its place. */
export class YamlError extends Error {
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }
}

function toPlace(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/**
 * The composer calls itself for each level, and a full stack inside a regular expression ends the process. The token
 * parser keeps its own stack, so it goes first and stops at the first level that is one too many.
 */
function refuseBombs(text: string): void {
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MAX_TOKENS_OPEN) {
      throw new YamlError(`nested deeper than ${MAX_DEPTH} levels`, toPlace(lines, parser.offset));
    }
  }
}

function parse(text: string, lines: LineCounter): Document.Parsed {
  refuseBombs(text);
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    merge: false,
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    const message =
      error.code === 'MULTIPLE_DOCS' ? 'expected one document' : error.message.replace(/\s+/g, ' ');
    throw new YamlError(message, toPlace(lines, error.pos[0]));
  }
  return document;
}

class Walker {
  readonly #document: Document.Parsed;
  readonly offsets = new Map<string, Offsets>();
  #aliases = 0;
  #values = 0;

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  value(node: unknown, path: Path): unknown {
    checkDepth(path);
    if (++this.#values > MAX_VALUES) fail(path.slice(0, 4), `more than ${MAX_VALUES} values`);
    if (isAlias(node)) return this.value(this.#resolve(node, path), path);
    if (isMap(node)) return this.#map(node.items, path);
    if (isSeq(node)) return node.items.map((item, i) => this.#item(item, [...path, i]));
    return isScalar(node) ? node.value : null;
  }

  #resolve(alias: Alias, path: Path): Node | undefined {
    if (++this.#aliases > MAX_ALIASES) fail(path, `more than ${MAX_ALIASES} aliases`);
    return alias.resolve(this.#document);
  }

  #item(item: unknown, path: Path): unknown {
    this.#note(path, item, item);
    return this.value(item, path);
  }

  #map(pairs: readonly Pair[], path: Path): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? key.value : undefined;
      if (typeof name !== 'string') fail(path, 'a key is text');
      const place = [...path, name];
      this.#note(place, key, value ?? key);
      checkKey(path, name);
      const member = this.value(value, place);
      if (member !== null) members[name] = member;
    }
    return members;
  }

  #note(path: Path, key: unknown, value: unknown): void {
    const start = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
    this.offsets.set(JSON.stringify(path), { key: start(key), value: start(value) });
  }
}

function find(offsets: ReadonlyMap<string, Offsets>, { path, atKey }: Finding): number {
  for (let length = path.length; length > 0; length--) {
    const found = offsets.get(JSON.stringify(path.slice(0, length)));
    // A part that is not there is best shown at the key of what should hold it.
    if (found !== undefined) return atKey === true || length < path.length ? found.key : found.value;
  }
  return 0;
}

/**
 * Reads one document. Core schema, no tags of one's own, no merge keys, unique keys of text, few aliases; an empty
 * document is an empty object.
 *
 * @throws YamlError, with its place, for whatever is not such a document
 */
export function readYaml(text: string): YamlDocument {
  const lines = new LineCounter();
  let walker: Walker | undefined;
  try {
    const document = parse(text, lines);
    walker = new Walker(document);
    const { offsets } = walker;
    const value = walker.value(document.contents, []) ?? {};
    return { value, place: (finding) => toPlace(lines, find(offsets, finding)) };
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    const { finding } = error;
    const where = finding.path.length === 0 ? '' : `${finding.path.join('.')}: `;
    throw new YamlError(
      `${where}${finding.message}`,
      toPlace(lines, find(walker?.offsets ?? new Map(), finding)),
    );
  }
}
