/** A name as a word of a command that someone may copy: quoted unless it is as plain as names of Kubernetes are. */
export function shellWord(name: string): string {
  return /^[\w/][\w./:=@-]*$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}
