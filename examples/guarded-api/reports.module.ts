import { Module } from '@nestjs/common';
import { DepartmentClaimsSource } from './department.claims-source.js';
import { DeskController } from './desk.controller.js';
import { ReportsController } from './reports.controller.js';

/** Nothing to import: the guards are there once the application has Gatehouse's modules. */
@Module({ controllers: [ReportsController, DeskController], providers: [DepartmentClaimsSource] })
export class ReportsModule {}
