// Compiles a user's file against the installed package, as the TypeScript of a project would.
import { join } from 'node:path';
import ts from 'typescript';

const node16 = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };
const node10 = { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 };

/** How a project resolves modules, the `module` that goes with it, and a file as such projects have them. */
export const RESOLUTIONS = {
  NodeNext: {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    file: 'next.ts',
  },
  'Node16, ES modules': { ...node16, file: 'node16.mts' },
  'Node16, CommonJS': { ...node16, file: 'node16.cts' },
  'Node10, as NestJS has it': { ...node10, esModuleInterop: true, file: 'node10.ts' },
  'Node10, without esModuleInterop': { ...node10, esModuleInterop: false, file: 'plain.ts' },
  Bundler: {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    file: 'bundled.ts',
  },
} as const;

/**
 * What the compiler says under its strictest settings about the user's file and about our declarations: with `skipLibCheck`
 * off it reads those as strictly. What other packages declare is theirs.
 */
export function compile(folder: string, resolution: keyof typeof RESOLUTIONS): string[] {
  const { file, ...how } = RESOLUTIONS[resolution];
  const options: ts.CompilerOptions = {
    ...how,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: false,
  };
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => folder;
  const program = ts.createProgram([join(folder, file)], options, host);
  const checked = program
    .getSourceFiles()
    .filter(({ fileName }) => !/\/node_modules\/(?!@?xgboost-gpu\/)/.test(fileName.replaceAll('\\', '/')));
  const found = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...checked.flatMap((source) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]),
  ];
  return found.map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    return `${diagnostic.file?.fileName ?? resolution}: ${text}`;
  });
}
