import { BlockList, isIP, isIPv6 } from 'node:net'

/**
 * The proxy that kubectl would use for a server: by `HTTPS_PROXY` or `HTTP_PROXY`, unless `NO_PROXY` names it
 * or it is this machine. A value that is no address of a proxy is undefined too.
 */
export function proxyFor(server: URL, env: Readonly<Record<string, string | undefined>>): URL | undefined {
  const value = (name: string) => env[name] || env[name.toLowerCase()] || undefined
  const configured = value(server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY')
  if (configured === undefined || isExempt(server, value('NO_PROXY') ?? '')) return undefined
  return proxyUrl(configured)
}

/** The address of a proxy; without a scheme it is http. Undefined when it is none. */
export function proxyUrl(text: string): URL | undefined {
  const address = text.includes('://') ? text : `http://${text}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol === 'socks5h:') return new URL(address.replace(/^socks5h:/i, 'socks5:'))
  return ['http:', 'https:', 'socks5:'].includes(url.protocol) ? url : undefined
}

function isExempt(server: URL, noProxy: string): boolean {
  const host = server.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
  const port = server.port === '' ? (server.protocol === 'https:' ? '443' : '80') : server.port
  if (host === 'localhost' || isLoopback(host)) return true
  return noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && matches(entry, host, port))
}

function isLoopback(host: string): boolean {
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8)
  loopback.addAddress('::1', 'ipv6')
  return isIP(host) !== 0 && loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  if (entry.includes('/')) return isInNetwork(entry, host)
  const [, bracketed, plain, entryPort] = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/.exec(entry) ?? []
  if (entryPort !== undefined && entryPort !== port) return false
  const name = bracketed ?? plain ?? entry.replace(/^\[|\]$/g, '')
  if (isIP(name) !== 0) return name === host
  const domain = name.replace(/^\*(?=\.)/, '')
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`)
}

function isInNetwork(entry: string, host: string): boolean {
  const [address = '', bits = ''] = entry.split('/')
  if (isIP(host) === 0 || isIP(address) !== isIP(host) || !/^\d{1,3}$/.test(bits)) return false
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  if (Number(bits) > (family === 'ipv6' ? 128 : 32)) return false
  const network = new BlockList()
  network.addSubnet(address, Number(bits), family)
  return network.check(host, family)
}
