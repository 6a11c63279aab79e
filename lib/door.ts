// How the program came in. Both ways lead to the same code; packages that have one copy for each are asked for the copy
// that the program uses.

/** `imported`: by an `import` of ES modules, which dist/*.mjs note. Else everything was required. */
export const door = { imported: false };
