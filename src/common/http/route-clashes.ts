import { Injectable, type OnApplicationBootstrap, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_PATH, PATH_METADATA, VERSION_METADATA } from '@nestjs/common/constants.js';
import { ApplicationConfig, DiscoveryService, HttpAdapterHost, MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';
import { Router } from 'express';
import { optionFaults } from '../config/check-options.js';
import { OWN_CONTROLLER } from './own-controller.decorator.js';

/** A handler of any controller, at one of its paths. */
interface Handler {
  readonly isOurs: boolean;
  readonly method: RequestMethod;
  /** As Express has it, for example `/v1/auth/:provider`. */
  readonly place: string;
}

/**
 * Refuses to start where the application answers at an address of ours: one of the two would never be asked, whichever
 * module comes first.
 */
@Injectable()
export class RouteClashes implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly methods: MetadataScanner,
    private readonly application: ApplicationConfig,
    private readonly modules: ModulesContainer,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Raises a RangeError that names every such route. */
  onApplicationBootstrap(): void {
    if (!this.host.httpAdapter) return;
    // Nest registers them in this order.
    const handlers = this.discovery.getControllers().flatMap((controller) => this.#handlersOf(controller));
    const theirs = handlers.flatMap((handler, index) =>
      handler.isOurs ? [] : [{ handler, index, takes: takenBy(handler) }],
    );
    const faults = handlers.flatMap((ours, place) => {
      if (!ours.isOurs || ours.method === RequestMethod.ALL) return [];
      const other = theirs.find(
        ({ handler, index, takes }) =>
          (handler.method === ours.method || handler.method === RequestMethod.ALL) &&
          (shapeOf(handler) === shapeOf(ours) || (index < place && takes(ours.place.replaceAll(/:\w+/g, 'x')))),
      );
      return other === undefined ? [] : [faultOf(ours, other.handler)];
    });
    if (faults.length > 0) throw optionFaults(faults);
  }

  #handlersOf({ metatype, host }: InstanceWrapper): Handler[] {
    const type = metatype as Type;
    const isOurs = Reflect.hasMetadata(OWN_CONTROLLER, type);
    const modulePath = this.#pathOfModule(host?.metatype);
    const versioningOptions = this.application.getVersioning();
    const paths = new RoutePathFactory(this.application);
    return this.methods.getAllMethodNames(type.prototype).flatMap((name) => {
      const handler: object = type.prototype[name];
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const globalPrefix = `/${this.application.getGlobalPrefix()}`.replace('//', '/');
      const known = {
        ...(versioningOptions && { versioningOptions }),
        ...(globalPrefix !== '/' && { globalPrefix }),
        ...(modulePath !== undefined && { modulePath }),
        controllerVersion: versionOf(type),
        methodVersion: versionOf(handler),
      };
      return pathsOf(type).flatMap((ctrlPath) =>
        pathsOf(handler).flatMap((methodPath) =>
          paths
            .create({ ...known, ctrlPath, methodPath } as PathParts, method)
            .map((place) => ({ isOurs, method, place })),
        ),
      );
    });
  }

  /** By RouterModule, which keeps it for each application. */
  #pathOfModule(module: object | null | undefined): string | undefined {
    if (typeof module !== 'function') return undefined;
    const ofApplication = Reflect.getMetadata(MODULE_PATH + this.modules.applicationId, module);
    return (ofApplication ?? Reflect.getMetadata(MODULE_PATH, module)) as string | undefined;
  }
}

type PathParts = Parameters<RoutePathFactory['create']>[0];

function pathsOf(target: object): string[] {
  return [(Reflect.getMetadata(PATH_METADATA, target) ?? '/') as string | string[]].flat();
}

function versionOf(target: object): unknown {
  return Reflect.getMetadata(VERSION_METADATA, target);
}

/** Whether Express gives a path to this handler; false for one of Express 4's patterns, which Nest rewrites. */
function takenBy({ place }: Handler): (path: string) => boolean {
  const router = Router();
  try {
    router.all(place, () => undefined);
  } catch {
    return () => false;
  }
  const [layer] = router.stack as unknown as { match(path: string): unknown }[];
  return (path) => Boolean(layer?.match(path));
}

/** The same for two paths that differ in the names of their parameters alone. */
function shapeOf({ place }: Handler): string {
  return place.replaceAll(/:\w+/g, ':').toLowerCase();
}

function faultOf(ours: Handler, theirs: Handler): string {
  return (
    `Gatehouse and the application both answer ${RequestMethod[ours.method]} ${ours.place} (the application by the ` +
    `route ${theirs.place}): move that route, or all of Gatehouse by the option basePath, such as /id`
  );
}
