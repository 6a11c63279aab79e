export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function seeds(): Seed[];
export function mutant(kind: 'blind' | 'structured', all: Seed[], index: number, salt?: number): Uint8Array;
export function prefixes(seed: Seed): Uint8Array[];
