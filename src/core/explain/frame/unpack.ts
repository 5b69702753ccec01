import type { Carried } from './carried.ts'
import { CARRIERS } from './carriers.ts'
import { exactClock } from './clock-text.ts'

/** No line has more wrappings than this. */
const MOST_CARRIERS = 6

/** A line without its carriers, the outermost of which may be known; undefined when it has none. */
export function unpack(line: string, outermost?: Carried): Carried | undefined {
  let carried = outermost
  for (let depth = 0; depth < MOST_CARRIERS; depth++) {
    const inner = takeOne(carried?.rest ?? line)
    if (!inner) break
    carried = carried ? within(carried, inner) : inner
    if (inner.values || inner.event || inner.isInnermost) break
  }
  return carried
}

function takeOne(line: string): Carried | undefined {
  for (const carrier of CARRIERS) {
    const carried = carrier(line)
    if (carried) return carried
  }
  return undefined
}

/** What two carriers say together: the outer one of node and program, both of the instant. */
function within(outer: Carried, inner: Carried): Carried {
  return {
    rest: inner.rest,
    clock: exactClock(outer.clock, inner.clock),
    node: outer.node ?? inner.node,
    // What stands in the log of a host under a tag of its own is no line of the kubelet, whatever it looks like.
    from: outer.node === undefined || outer.isTagless === true ? (outer.from ?? inner.from) : outer.from,
    isTagless: outer.isTagless === true && inner.node === undefined,
    values: inner.values,
    event: inner.event,
  }
}
