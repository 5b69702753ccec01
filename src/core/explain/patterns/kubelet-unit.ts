import { definePatternFamily } from '../pattern-family.ts'

/** systemd's word for a kubelet that is not running (docs/facts.md). */
export const kubeletUnit = definePatternFamily({
  id: 'kubelet-unit',
  prefilter: ['active:', 'is not running', 'kubelet.service', 'kubelite.service'],
  patterns: [
    {
      states: 'kubelet-not-running',
      versions: 'all',
      semantics: 'docs/facts.md',
      forms: [
        { row: 'unit-state', text: /^\s*Active:\s+(?:inactive \(dead\)|failed|activating \(auto-restart\))/ },
        {
          says: /kube(?:let|lite)\.service(?:: (?:Main process exited|Failed with result|Unit entered failed state|Start request repeated too quickly)| entered failed state| failed\.$| has entered the 'failed' state)/,
        },
        { says: /Service snap\.microk8s\.daemon-kubel(?:et|ite) is not running/ },
        { says: /Unit [\w.-]*kube(?:let|lite)\.service entered failed state/ },
      ],
      examples: [
        {
          message: 'kubelet.service: Main process exited, code=exited, status=255/EXCEPTION',
          states: ['kubelet-not-running'],
        },
        { message: 'Unit kubelet.service entered failed state.', states: ['kubelet-not-running'] },
      ],
      nearMisses: [
        'Started kubelet.service - kubelet: The Kubernetes Node Agent.',
        'docker.service: Failed with result',
      ],
    },
  ],
})
