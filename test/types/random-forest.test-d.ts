// The type of the forest: the contract of all models.
import { expectTypeOf } from 'vitest';
import { type BaseModel, RandomForestGPUModel } from '../../lib/index.js';

expectTypeOf<RandomForestGPUModel>().toExtend<BaseModel>();
expectTypeOf(RandomForestGPUModel.open('forest.ubj')).resolves.toEqualTypeOf<RandomForestGPUModel>();
new RandomForestGPUModel({ model: { type: 'random_forest', params: { num_parallel_tree: 200 } } }, 'cpu');
