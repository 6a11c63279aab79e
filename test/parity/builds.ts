// Ways to build the three parts of a case: the seeded problem with one kind of label or another.
import { COLS, dense, groupIds, groups, labels, type Problem, problem, weights } from './datasets.js';
import type { Build, Info, MatrixValues } from './spec.js';

export const labelled = (info: (p: Problem) => Info): Build => {
  return (part) => {
    const p = problem(part);
    return { frame: dense(p), info: info(p) };
  };
};

export const binary = labelled((p) => ({ label: labels.binary(p) }));
export const real = labelled((p) => ({ label: labels.real(p) }));
export const classes = labelled((p) => ({ label: labels.classes(p) }));

/** Column after column of the same length, as rows. */
export function beside(...columns: Float32Array[]): MatrixValues {
  const rows = columns[0]?.length ?? 0;
  const cols = columns.length;
  const values = Float32Array.from(
    { length: rows * cols },
    (_, i) => columns[i % cols]?.[Math.floor(i / cols)] ?? 0,
  );
  return { values, rows, cols };
}

/** Interval-censored times: a third exact, a third with an interval, a third still running. */
export function bounds(p: Problem): Info {
  const time = labels.positive(p);
  return {
    labelLowerBound: time,
    labelUpperBound: time.map((t, i) => (i % 3 === 0 ? t : i % 3 === 1 ? t * 1.5 : Number.POSITIVE_INFINITY)),
  };
}

export const grouped = labelled((p) => ({ label: labels.grade(p), group: groups(p) }));
export const queried = labelled((p) => {
  const sizes = groups(p);
  return { label: labels.grade(p), qid: groupIds(sizes), weight: weights(sizes.length) };
});
export const outputs = labelled((p) => ({
  label: beside(labels.real(p), labels.binary(p), labels.positive(p)),
}));

/** The margin of a scalar model, and of a model with four classes. */
export const margin = (p: Problem) =>
  Float32Array.from({ length: p.rows }, (_, i) => (p.x[i * COLS + 1] ?? 0) - 0.5);
export const margins = (p: Problem) =>
  beside(
    margin(p),
    margin(p).map((m) => -m),
    margin(p).map((m) => m / 4),
    margin(p),
  );

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
export const named = labelled((p) => ({ label: labels.real(p), featureNames: NAMES }));

/** Four classes. */
export const softprob = { objective: 'multi:softprob', num_class: 4 };
