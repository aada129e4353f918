import type { Cause, DropReason, Payload, State } from "./options.js";

/** There is a connection. What waited goes out before what a listener sends. */
export interface SteadyOpenEvent extends Event {
  /** It is not the session's first. */
  readonly reconnected: boolean;
}

/** An attempt or a connection ended. Without a close frame `code` is 1006, and 1005 if the frame had none. */
export interface SteadyCloseEvent extends CloseEvent {
  /** Why. */
  readonly cause: Cause;
  /** Whether another attempt follows. */
  readonly willReconnect: boolean;
  /** With the cause `url-failed`: what the function given as URL or subprotocols threw, if it did. */
  readonly error?: unknown;
}

/** The state changed. */
export interface StateChangeEvent extends Event {
  /** What it was. */
  readonly from: State;
  /** What it is. */
  readonly to: State;
}

/** Another attempt will follow. */
export interface RetryEvent extends Event {
  /** Which one since the last stable connection, from 1. */
  readonly attempt: number;
  /** In how many ms. */
  readonly delay: number;
  /** After what. */
  readonly cause: Cause;
}

/** A message will never be sent, or was and may be lost. */
export interface DropEvent extends Event {
  /** The message. */
  readonly data: Payload;
  /** Why. */
  readonly reason: DropReason;
}

/** A heartbeat was answered in time. */
export interface LatencyEvent extends Event {
  /** The round-trip time, ms. */
  readonly rtt: number;
}

/** The events of a {@link SteadySocket} by type. */
export interface SteadySocketEventMap {
  open: SteadyOpenEvent;
  message: MessageEvent;
  error: Event;
  close: SteadyCloseEvent;
  statechange: StateChangeEvent;
  retry: RetryEvent;
  drop: DropEvent;
  /** Nothing waits any more: the queue is empty, and the socket's buffer at the low watermark or below. */
  drain: Event;
  latency: LatencyEvent;
}
