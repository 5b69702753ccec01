import { expect, it } from 'vitest'
import { reasonToLeave } from './kubectls.ts'

it.each([
  ['v1.20.2', undefined],
  ['v1.32.4-dispatcher', undefined],
  ['v1.36.3', undefined],
  ['v1.19.16', /tried with 1\.20 to 1\.36/],
  ['v1.37.0', /it is v1\.37\.0/],
  ['v2.0.0', /KUBEPATROL_TEST_KUBECTLS tries others/],
  ['nonsense', /no such program/],
  [undefined, /no such program/],
])('kubectl %s on the PATH is tried, or left alone for a reason', (version, why) => {
  const reason = reasonToLeave(version)
  if (why === undefined) expect(reason).toBeUndefined()
  else expect(reason).toMatch(why)
})
