// A table as native code gets it.
import type { Alignment } from '../../../lib/data/feature-reference.js';
import type { Features } from '../../../lib/data/features.js';
import { openTable } from '../../../lib/data/open-table.js';
import type { TabularData } from '../../../lib/data/types.js';
import type { Lease } from '../../../lib/native/lease.js';

interface Options {
  readonly owner?: string;
  readonly exclude?: readonly string[];
  readonly alignment?: Alignment;
}

export function describeFeatures(
  data: TabularData,
  lease: Lease,
  { owner = 'data', exclude = [], alignment }: Options = {},
): Features {
  return openTable(data, owner).without(exclude).describe(lease, { alignment });
}
