/**
 * The systemd service that a process belongs to, by its `/proc/PID/cgroup`: the innermost one, such as `kubelet.service`
 * or `k3s.service`; undefined for a process of none.
 */
export function serviceOf(cgroups: string): string | undefined {
  const paths = cgroups.split('\n').flatMap((line) => /^\d+:(?:|name=systemd):(\/.*)$/.exec(line)?.[1] ?? [])
  const services = paths.flatMap((path) => path.split('/').filter((part) => SERVICE.test(part)))
  return services.at(-1)
}

const SERVICE = /^[\w@:.\\-]{1,200}\.service$/
