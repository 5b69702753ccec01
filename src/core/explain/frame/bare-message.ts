/** How messages of the kubelet begin that nothing else says: no sentence goes on so. */
const OWN = [
  String.raw`\[[iI]mage(?:GC)?Manager\]`,
  String.raw`"?[eE]viction manager: `,
  String.raw`"?(?:Image|Container) garbage collection failed`,
  String.raw`"?(?:Failed to admit pod|Error syncing pod|Removing image|Disk usage on image|Attempting to (?:delete unused|reclaim)|attempting to (?:delete unused|reclaim)|Back-off pulling|Orphaned pod|orphaned pod|PullImage|Pull image|RemoveImage|createPodSandbox|CreatePodSandbox|RunPodSandbox|[sS]kipping pod synchronization|MountVolume|AttachVolume|Multi-Attach|Usage of EmptyDir|Pod ephemeral|The node (?:was low|had condition)|Recording|There were many similar|Operation for|Unable to (?:read config|attach|mount)|Failed to (?:pull image|rotate|create pod sandbox|create sandbox)|etcdserver: |EXT4-fs|XFS \()`,
] as const
const OWN_MESSAGE = new RegExp(`^\\s*(?:${OWN.join('|')})`)

/**
 * How a message begins that a program wrote and somebody pasted without its header. Prose may name the same words,
 * but does not begin so and go on with a value.
 */
const BEGINNINGS = [
  ...OWN,
  String.raw`"?(?:F|f)ailed to (?:garbage collect|admit pod|pull|create|get sandbox|rotate|register layer|copy|write|open|remove|start|kill|prepare|extract|build|mkdir)`,
  String.raw`"?Failed (?:create|creating|pulling) `,
  String.raw`"?[Ee]rror(?:\s(?:syncing pod|from server|response from daemon|processing tar|creating|writing|pulling|saving|committing))?[: ]`,
  String.raw`"?(?:Removing|Disk usage on|Attempting to|attempting to|Insufficient free disk space|Back-off pulling|Wanted to free|Orphaned pod|orphaned pod|PullImage|Pull image|RemoveImage|createPodSandbox|CreatePodSandbox|RunPodSandbox|skipping pod|Skipping pod|PLEG is|Unable to|unable to|MountVolume|AttachVolume|Multi-Attach|Usage of EmptyDir|Usage of emptyDir|Pod ephemeral|Container \S+ exceeded|The node was low|The node had condition|Pod The node|Pod was rejected|Recording|Node \S+ status is now|manifest for|pull access denied|etcdserver|There were many similar|Operation for|invalid capacity|persistentvolumeclaims? "|Container runtime|container runtime is down)`,
  String.raw`rpc error: `,
  String.raw`(?:Reason|reason|Message|message|Warning|Status):?\s`,
  String.raw`\[(?:ERROR|WARNING|error|kubelet-check|preflight)[^\]]{0,40}\]`,
  String.raw`(?:FATAL|Fatal|fatal|ERROR|FATA|ERRO|WARN|WARNING|PANIC|panic|FAIL|[A-Z]\w{0,30}(?:Error|Exception)):? `,
  // A Java exception, and those that caused it.
  String.raw`(?:(?:Caused by|Suppressed|Exception in thread "[^"]{1,80}"):? )?(?:[a-z][\w$]{0,60}\.){1,10}[A-Z][\w$]{0,100}(?:\[[^\]]{0,100}\])?: `,
  String.raw`memberID:\d{1,20} alarm:`,
  String.raw`(?:InnoDB|MySQL|MariaDB): `,
  String.raw`(?:npm|pnpm|yarn) (?:ERR!|error) `,
  String.raw`\d+\/\d+ nodes? (?:is|are) available`,
  String.raw`(?:EXT4-fs|XFS|BTRFS|JBD2|Buffer I\/O)\b`,
  String.raw`-?(?:[\w.-]*\/)?[a-z][\w.+-]{0,30}(?:\[\d+\])?: `,
  String.raw`(?:open|write|mkdir|create|rename|symlink|link|sync|mount|unlinkat|copy) \/\S+: `,
] as const
const BARE = new RegExp(`^\\s*(?:${BEGINNINGS.join('|')})`)
/** What parts the columns of a report. */
const COLUMNS = /\t+|\s{2,}|\s[|│]\s/
/** A message begins no further into a line. */
const MOST_COLUMNS = 1000
/** Go and other source text that would print such a message. */
const SOURCE_TEXT = /\b(?:klog|glog|log|logger|fmt)\.\w*\(|%[vdsq+][,")\s]|^\s*(?:\/\/|func |if |return )/

/** Whether a line begins a message of its own, whatever stands in the line before. */
export function beginsMessage(text: string): boolean {
  return OWN_MESSAGE.test(text)
}

/** Whether text without a header is nevertheless a message of a program. */
export function isBareMessage(text: string): boolean {
  if (SOURCE_TEXT.test(text)) return false
  if (BARE.test(text)) return true
  const columns = text.slice(0, MOST_COLUMNS).trim().split(COLUMNS)
  return columns.length > 2 && columns.slice(1).some((column) => BARE.test(column))
}
