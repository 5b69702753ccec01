import { expect, it } from 'vitest'
import { BUILT_IN_RESOURCES } from '../store/resources.ts'
import { minorOf, servedIn } from './served-versions.ts'

const versionsOf = (name: string, minor: number) =>
  servedIn(BUILT_IN_RESOURCES, minor).find((resource) => resource.name === name)?.versions

it.each([
  ['cronjobs', 20, ['v1beta1']],
  ['cronjobs', 21, ['v1', 'v1beta1']],
  ['cronjobs', 25, ['v1']],
  ['storageclasses', 21, ['v1', 'v1beta1']],
  ['storageclasses', 22, ['v1']],
  ['pods', 14, ['v1']],
  ['pods', 35, ['v1']],
])('serves %s of 1.%i in %o', (name, minor, versions) => {
  expect(versionsOf(name, minor)).toEqual(versions)
})

it.each([
  ['v1.20.2', 20],
  ['v1.28.4+k3s1', 28],
  ['nonsense', 0],
])('%s is of the minor version %i', (version, minor) => {
  expect(minorOf(version)).toBe(minor)
})
