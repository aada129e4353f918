import type { SteadySocket } from "steadysocket";
import { getCurrentInstance, getCurrentScope, inject, nextTick, onMounted, onScopeDispose } from "vue";
import {
  matchedRouteKey,
  type RouteLocationNormalized,
  type RouteRecordNormalized,
  routerKey,
} from "vue-router";

/** What `useSteadySocket` returns. */
interface Pausable {
  pause(): () => void;
}

/** The sessions whose route is left, each with what brings it back. */
const left = new WeakMap<object, () => void>();

/**
 * Closes a session with 1000 when the route of this component is left, and brings it back when the route is: at the moment when
 * a navigation is confirmed. One that a guard cancels changes nothing, nor does one to the same route with other parameters.
 *
 * @param session What `useSteadySocket` returned, here or in a store, or a `SteadySocket`.
 * @returns The session.
 * @throws Error outside of a `<RouterView>`.
 *
 * @example
 * ```ts
 * const { state, send } = closeOnRouteLeave(useSteadySocket("/chat"));
 * ```
 */
export function closeOnRouteLeave<Session extends Pausable | SteadySocket>(session: Session): Session {
  const router = inject(routerKey, undefined);
  const record = inject(matchedRouteKey, undefined)?.value;
  if (!router || !record)
    throw new Error("closeOnRouteLeave: there is no route to leave outside of a <RouterView>.");
  // One whose turn came after an `await` may be gone already: nobody would stop what it begins.
  if (!getCurrentScope()?.active) return session;
  // The record is that of the page that is shown. This component may be in another one, which is kept alive and hidden.
  const view = viewOf([record]) ?? viewOf(router.getRoutes()) ?? componentsOf([record])[0];
  // By its component: a <RouterView> keeps it when another route has the same.
  const isShownBy = ({ matched }: RouteLocationNormalized) => componentsOf(matched).includes(view);
  const leave = () => {
    if (!left.has(session)) left.set(session, pause(session));
  };
  const enter = () => {
    left.get(session)?.();
    left.delete(session);
  };
  const stop = router.afterEach((to, from, failure) => {
    if (failure) return;
    // Who enters comes after who leaves: they may share the session.
    if (isShownBy(to)) nextTick(enter);
    else if (isShownBy(from)) leave();
  });
  onScopeDispose(stop);
  // What is mounted in a hidden page enters with it.
  onMounted(() => isShownBy(router.currentRoute.value) && enter());
  return session;
}

/** Which of these records' components this component is in. */
function viewOf(records: RouteRecordNormalized[]): unknown {
  const components = componentsOf(records);
  for (let at = getCurrentInstance(); at; at = at.parent) if (components.includes(at.type)) return at.type;
  return undefined;
}

function componentsOf(records: RouteRecordNormalized[]): unknown[] {
  return records.flatMap(({ components }) => Object.values(components ?? {}));
}

function pause(session: Pausable | SteadySocket): () => void {
  if ("pause" in session) return session.pause();
  if (isOver(session)) return () => {};
  session.close(1000);
  return () => {
    if (isOver(session)) session.reconnect();
  };
}

/** Over, or not begun: that is for its user to change. */
function isOver({ state }: SteadySocket): boolean {
  return /idle|clos/.test(state);
}
