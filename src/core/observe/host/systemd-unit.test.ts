import { expect, it } from 'vitest'
import { serviceOf } from './systemd-unit.ts'

it.each([
  ['cgroup v2', '0::/system.slice/kubelet.service\n', 'kubelet.service'],
  [
    'cgroup v1',
    '12:pids:/system.slice/other.service\n1:name=systemd:/system.slice/k3s.service\n',
    'k3s.service',
  ],
  ['a service within one', '0::/system.slice/outer.service/inner.service/scope\n', 'inner.service'],
  [
    'a snap',
    '0::/system.slice/snap.microk8s.daemon-kubelite.service\n',
    'snap.microk8s.daemon-kubelite.service',
  ],
  ['no service', '0::/user.slice/session-1.scope\n', undefined],
  ['a container', '0::/kubepods/burstable/pod1/abc\n', undefined],
  ['what could be an option or a second term', '0::/--file=x y.service\n', undefined],
  ['nothing', '', undefined],
])('finds the service of a process: %s', (_, text, service) => {
  expect(serviceOf(text)).toBe(service)
})
