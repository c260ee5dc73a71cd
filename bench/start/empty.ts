import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';

/** What Gatehouse's start is compared with: a Nest application with TypeORM and one route. */
@Controller('health')
class HealthController {
  @Get('ready')
  ready(): object {
    return { status: 'ok' };
  }
}

@Module({
  imports: [TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL ?? '', entities: [] })],
  controllers: [HealthController],
})
class EmptyModule {}

const app = await NestFactory.create(EmptyModule, { logger: ['warn', 'error'] });
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT));
