// Property tests draw anew on a developer's machine, and the same in CI, where a failure must say something of the change.
if (process.env.CI !== undefined) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ seed: 20261128 });
}
