import { BadRequestException, Controller, Get, Query } from '@nestjs/common';
import { DataError } from 'xgboost-gpu/predict';
import { ModelService } from './model.service';

@Controller()
export class ModelController {
  constructor(private readonly models: ModelService) {}

  @Get('predict')
  async predict(@Query('area') area: string, @Query('heating') heating: string) {
    return this.models.predict(Number(area), heating);
  }

  @Get('refused')
  async refused() {
    return this.models.refuse().catch((error: unknown) => {
      throw error instanceof DataError ? new BadRequestException(error.message) : error;
    });
  }
}
