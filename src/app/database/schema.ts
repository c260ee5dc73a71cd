import type { EntitySchema, MigrationInterface } from 'typeorm';

/** Every entity of the application, in the order of the import directions. */
export const entities: (EntitySchema | (new () => object))[] = [];

/** Every migration of the application, oldest first. */
export const migrations: (new () => MigrationInterface)[] = [];
