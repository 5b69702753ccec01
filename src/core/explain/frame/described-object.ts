import type { EventSubject } from './log-record.ts'

const HEADING = /^(\s{0,4})"?([A-Za-z][A-Za-z ]{1,24}?)"?:(?:\s+(.*?))?,?\s*$/
const NAME = /^[a-z0-9][a-z0-9.-]{0,252}$/

/** The object that `kubectl describe` or a manifest is in the middle of: whom events and messages below are about. */
export class DescribedObject {
  #kind: string | undefined
  #name: string | undefined
  #namespace: string | undefined
  #node: string | undefined
  /** The next name is the object's: it comes after `metadata` or `involvedObject`. */
  #expectsName = false

  /** Whom a row or a message without an object of its own is about. */
  get subject(): Omit<EventSubject, 'reason'> {
    return {
      ...(this.#kind === undefined ? {} : { kind: this.#kind }),
      ...(this.#name === undefined ? {} : { name: this.#name }),
      ...(this.#namespace === undefined ? {} : { namespace: this.#namespace }),
    }
  }

  get kind(): string | undefined {
    return this.#kind
  }

  /** The node the object is on, or is. */
  get node(): string | undefined {
    return this.#kind === 'Node' ? this.#name : this.#node
  }

  /** Reads a line of it, if it is one. */
  read(line: string): void {
    const match = HEADING.exec(line)
    if (!match) return
    const [, indent = '', heading = '', value = ''] = match
    const key = heading.toLowerCase().replaceAll(' ', '')
    this.#readHeading(key, value.replace(/^["']|["']$/g, ''), heading === 'Name' && indent === '')
  }

  #readHeading(heading: string, value: string, isTop: boolean): void {
    switch (heading) {
      case 'involvedobject':
      case 'regarding':
        this.#begin()
        return
      case 'metadata':
        if (this.#name !== undefined) this.#begin()
        this.#expectsName = true
        return
      case 'name':
        if (!NAME.test(value) || !(isTop || this.#expectsName)) return
        if (isTop) this.#begin()
        this.#expectsName = false
        this.#name = value
        return
      case 'namespace':
        this.#namespace = NAME.test(value) ? value : undefined
        return
      case 'kind':
        if (/^[A-Z]\w+$/.test(value)) this.#kind ??= value
        return
      default:
        this.#learnKind(heading, value)
    }
  }

  /** Some headings only one kind of object has. */
  #learnKind(heading: string, value: string): void {
    if (heading === 'node' || heading === 'nodename') {
      this.#kind ??= 'Pod'
      this.#node = /^[a-z0-9][\w.-]*/.exec(value)?.[0]
    } else if (heading === 'storageclass') this.#kind ??= 'PersistentVolumeClaim'
    else if (heading === 'reclaimpolicy') this.#kind = 'PersistentVolume'
    else if (['taints', 'unschedulable', 'providerid'].includes(heading)) this.#kind = 'Node'
  }

  /** Only a node has such a condition. */
  learnNode(): void {
    this.#kind ??= 'Node'
  }

  #begin(): void {
    this.#kind = this.#name = this.#namespace = this.#node = undefined
    this.#expectsName = true
  }
}
