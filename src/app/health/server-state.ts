import { Injectable } from '@nestjs/common';

/** Tells whether this process still wants requests. */
@Injectable()
export class ServerState {
  /** True once the process is to stop: it finishes what it began, and load balancers should send no more. */
  isDraining = false;
}
