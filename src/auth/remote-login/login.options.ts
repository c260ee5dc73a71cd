import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { RemoteAppSettings } from './settings/remote-app-settings.js';

/** Where people can sign in besides here. */
export interface LoginOptions {
  /** Absent: at none. */
  readonly apps?: readonly RemoteAppSettings[];
}

/** Base class with `forRoot` and `forRootAsync`, and the token of the options. */
export const { ConfigurableModuleClass: LoginModuleBase, MODULE_OPTIONS_TOKEN: LOGIN_OPTIONS } =
  new ConfigurableModuleBuilder<LoginOptions>().setClassMethodName('forRoot').build();
