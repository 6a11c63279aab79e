// Types of random.mjs.

export class Random {
  constructor(seed: number);
  next(): number;
  uniform(): number;
  integer(below: number): number;
  normal(): number;
}
