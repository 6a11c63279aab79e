// Two real tables of the package vega-datasets: penguins by species, cars by miles per gallon.
import { readFileSync } from 'node:fs';

const read = (name) => {
  const url = new URL(`../../node_modules/vega-datasets/data/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
};

/** Rows in which nothing is missing, as features and a target. */
function table(task, rows, features, target) {
  const whole = rows.map((row) => [features.map((feature) => feature(row)), target(row)]);
  const present = whole.filter(([X, y]) => X.every(Number.isFinite) && y !== null);
  return { task, X: present.map(([X]) => X), y: present.map(([, y]) => y) };
}

const column = (name) => (row) => (row[name] === null ? Number.NaN : Number(row[name]));

export function tables() {
  const species = ['Adelie', 'Chinstrap', 'Gentoo'];
  const body = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'].map(column);
  const engine = ['Cylinders', 'Displacement', 'Horsepower', 'Weight_in_lbs', 'Acceleration'].map(column);
  const year = (row) => new Date(row.Year).getUTCFullYear();
  return {
    penguins: table('classification', read('penguins'), body, (row) => species.indexOf(row.Species)),
    cars: table('regression', read('cars'), [...engine, year], (row) => row.Miles_per_Gallon),
  };
}
