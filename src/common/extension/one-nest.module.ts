import { createRequire } from 'node:module';
import { Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

/**
 * Refuses an application that runs another copy of @nestjs/core than the one which Gatehouse imports.
 *
 * Nest tells services apart by their classes, and those of a second copy are other classes: whatever asks for one of
 * Nest's own fails, and the first that fails gives the error its words. So this module is the first, and the name of
 * what it provides is the sentence to read.
 */
@Module({
  providers: [{ provide: Symbol(twoCopies()), inject: [ModuleRef], useFactory: () => true }],
})
export class OneNestModule {}

function twoCopies(): string {
  const path = createRequire(import.meta.url).resolve('@nestjs/core');
  return (
    `Two copies of @nestjs/core are installed: Gatehouse imports ${path}, and the application ` +
    'runs another. "npm ls @nestjs/core" shows who brings which; install one version of @nestjs/core, @nestjs/common ' +
    'and @nestjs/platform-express for both, such as by "npm dedupe"'
  );
}
