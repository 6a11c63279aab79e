// A vitest reporter that names each skipped test with its reason, so that a skip is never silent.
/** Prints the skipped tests after a run. Give the reason with `skip('…')` of the test context. */
export default class ReportSkipped {
  onTestRunEnd(modules) {
    const lines = [];
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        lines.push(
          `  skipped  ${module.relativeModuleId}: ${test.fullName}: ${result.note ?? 'no reason given'}`,
        );
      }
    }
    if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`);
  }
}
