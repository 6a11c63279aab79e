// The application answers on a free port; what it says to two questions is printed, one JSON.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ModelController } from './model.controller';
import { ModelService } from './model.service';

@Module({ controllers: [ModelController], providers: [ModelService] })
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['error'] });
  await app.listen(0, '127.0.0.1');
  const ask = async (path: string) => {
    const response = await fetch(`${await app.getUrl()}/${path}`);
    return { status: response.status, body: await response.json() };
  };
  console.log(JSON.stringify([await ask('predict?area=110&heating=oil'), await ask('refused')]));
  await app.close();
}

void main();
