/**
 * Which of two resource versions is the later one: positive when it is the first. They count up in every API
 * server that stores in etcd; undefined where they are no numbers, which Kubernetes allows others.
 */
export function compareResourceVersions(
  first: string | undefined,
  second: string | undefined,
): number | undefined {
  if (!isNumber(first) || !isNumber(second)) return undefined
  if (first === second) return 0
  if (first.length !== second.length) return first.length - second.length
  return first < second ? -1 : 1
}

function isNumber(version: string | undefined): version is string {
  return version !== undefined && /^[1-9]\d{0,30}$/.test(version)
}
