import { type DynamicModule, Module } from '@nestjs/common';
import { HOME_URL, HomeController } from './home.controller.js';

/** The start page of a server without the demonstration. */
@Module({ controllers: [HomeController] })
export class HomeModule {
  /** `homeUrl` is a URL, or a path of this server; undefined leads to the end user's own pages. */
  static forRoot(homeUrl: string | undefined): DynamicModule {
    return { module: HomeModule, providers: [{ provide: HOME_URL, useValue: homeUrl }] };
  }
}
