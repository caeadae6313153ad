import type { ApiError } from '@/lib/api-client';
import type { Run, RunError } from '@/lib/commands/run-command';
import type { Result } from '@/lib/result';

/** Speeds from -1 to 1. */
export type Vector = { readonly pan?: number; readonly tilt?: number; readonly zoom?: number };

/** How a camera is moved. */
export type Wire = {
  /** Moves for so long at most, and ends with what came of it. */
  readonly move: (vector: Vector, millis: number) => Promise<Result<unknown, RunError>>;
  readonly stop: () => Promise<Result<Run, ApiError>>;
};

export type MoverState = {
  readonly moving: boolean;
  /** The last move or stop that did not work. */
  readonly fault: RunError | null;
};

/** A move that nobody renews is over by itself after this, whatever becomes of this page and of the network. */
export const MOVE_MS = 2_000;
const RENEW_MS = 1_200;

/**
 * Moves a camera while a button is held. A stop is sent at each release; a move that is on its way then is followed by
 * one more, so that the last word is always a stop. Moves never pile up: each waits for the one before.
 */
export class Mover {
  private held: Vector | null = null;
  private running = false;
  /** Whether a move may still be on its way to the camera. */
  private onWire = false;
  private overtaken = false;

  constructor(
    private readonly wire: Wire,
    private readonly tell: (state: MoverState) => void,
    private readonly wait: (ms: number) => Promise<void> = (ms) =>
      new Promise((resolve) => setTimeout(resolve, ms)),
  ) {}

  hold(vector: Vector): void {
    if (this.held !== null) {
      return;
    }
    this.held = vector;
    this.tell({ moving: true, fault: null });
    void this.keepMoving(vector);
  }

  /** Stops, if something was held. */
  release(): void {
    if (this.held !== null) {
      void this.stop();
    }
  }

  /** Stops in any case. */
  async stop(): Promise<void> {
    this.held = null;
    this.overtaken ||= this.onWire;
    this.tell({ moving: false, fault: null });
    const stopped = await this.wire.stop();
    if (!stopped.ok) {
      this.tell({ moving: false, fault: { kind: 'api', error: stopped.error } });
    }
  }

  private async keepMoving(vector: Vector): Promise<void> {
    if (this.running) {
      return;
    }
    this.running = true;
    while (this.held === vector) {
      const [moved] = await Promise.all([this.move(vector), this.wait(RENEW_MS)]);
      if (!moved.ok) {
        await this.stop();
        this.tell({ moving: false, fault: moved.error });
      }
    }
    this.running = false;
    const next = this.held;
    if (next !== null) {
      void this.keepMoving(next);
    }
  }

  private async move(vector: Vector): Promise<Result<unknown, RunError>> {
    this.onWire = true;
    const moved = await this.wire.move(vector, MOVE_MS);
    this.onWire = false;
    if (this.overtaken) {
      // the stop at the release may have come before this move
      this.overtaken = false;
      await this.wire.stop();
    }
    return moved;
  }
}
