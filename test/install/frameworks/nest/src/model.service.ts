import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { XGBoostGPUModel } from 'xgboost-gpu';

/** A model that is trained when the application starts, saved, and opened again to serve. */
@Injectable()
export class ModelService implements OnModuleInit {
  private model = new XGBoostGPUModel(
    { training: { epochs: 5 }, model: { params: { min_child_weight: 0 } } },
    'cpu',
  );

  async onModuleInit(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'nest-'));
    const path = join(folder, 'model.ubj');
    await this.model.train({ area: [50, 120, 75, 98], heating: ['gas', 'oil', 'gas', null] }, [
      'no',
      'yes',
      'no',
      'yes',
    ]);
    await this.model.save(path);
    this.model = await XGBoostGPUModel.open(path);
    await rm(folder, { recursive: true });
  }

  predict(area: number, heating: string | null) {
    return this.model.predictLabels({ area: [area], heating: [heating] });
  }

  refuse() {
    return this.model.predictLabels({ area: [1] });
  }
}
