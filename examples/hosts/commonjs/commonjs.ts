/** A host that compiles to CommonJS with the old module resolution, which reads `main` and `types`. */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GatehouseModule, migrations, RequireScopes } from 'gatehouse';

@Controller('notes')
class NotesController {
  @Get()
  @RequireScopes('profile')
  list() {
    return [];
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL ?? '', migrations, migrationsRun: true }),
    GatehouseModule.forRoot({ issuer: 'http://localhost:1', secretKeys: `k1:${'A'.repeat(43)}` }),
  ],
  controllers: [NotesController],
})
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const { status } = await fetch(`${await app.getUrl()}/notes`);
  await app.close();
  if (status !== 401) throw new Error(`The guarded route answered ${status}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
