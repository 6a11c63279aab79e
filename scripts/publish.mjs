// Publishes build/packages/*.tgz with provenance: the libraries first, so that whoever installs xgboost-gpu finds them. What
// the registry has already is left alone, so a release that failed half-way is simply started again.
//
//   npm run publish:all -- --dry-run     says what it would publish
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readPackages } from './pack/read.mjs';
import { npm } from './shared/npm.mjs';
import { main, root, StepError, say } from './shared/run.mjs';

/** Whether the registry has this version, and with which content. */
function published({ name, version }) {
  const result = npm(['view', `${name}@${version}`, 'dist.integrity', '--json'], { capture: true });
  // One value, from npm 12 on a list of one.
  if (result.ok) return result.stdout.trim() === '' ? undefined : [JSON.parse(result.stdout)].flat()[0];
  if (/\bE404\b/.test(`${result.stdout}${result.stderr}`)) return undefined;
  throw new StepError(`npm cannot tell whether ${name}@${version} is published:\n${result.stderr}`);
}

/** Provenance says which commit of which repository a package was made of; a package without one is refused by npm. */
function checkRepository(packages) {
  const nameless = packages.filter(({ manifest }) => manifest.repository?.url === undefined);
  if (nameless.length === 0) return;
  throw new StepError(
    `${nameless[0].file} does not name its repository, which provenance needs.`,
    'Make the packages with `npm run pack:all -- --repository git+https://<host>/<owner>/<name>.git`.',
  );
}

await main(() => {
  const options = { 'dry-run': { type: 'boolean', default: false }, from: { type: 'string' } };
  const { values } = parseArgs({ options });
  const folder = resolve(values.from ?? join(root, 'build', 'packages'));
  if (!existsSync(folder)) throw new StepError(`${folder} is missing.`, 'Run `npm run pack:all`.');
  const packages = readPackages(folder);
  checkRepository(packages);
  for (const { path, file, integrity, manifest } of packages) {
    const there = published(manifest);
    if (there !== undefined) {
      say(`${file}: already published${there === integrity ? '' : ', with other content, which stays'}`);
    } else if (values['dry-run']) {
      say(`${file}: would be published`);
    } else {
      say(`${file}: publishing ...`);
      if (!npm(['publish', path, '--provenance', '--access', 'public']).ok)
        throw new StepError(`${file} was not published; npm says above why.`, 'Start the release again.');
    }
  }
});
