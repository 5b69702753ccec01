import { describe, expect, it } from 'vitest'
import { proxyFor } from './proxy-for.ts'

const PROXY = 'http://proxy.example:3128'
const via = (server: string, noProxy: string) =>
  proxyFor(new URL(server), { HTTPS_PROXY: PROXY, NO_PROXY: noProxy })?.host

describe('proxyFor', () => {
  it.each([
    ['https://api.example:6443', '', true],
    ['https://localhost:6443', '', false],
    ['https://127.0.0.9', '', false],
    ['https://[::1]:6443', '', false],
    ['https://api.example', '*', false],
    ['https://api.example', 'example', false],
    ['https://example', 'example', false],
    ['https://example', '.example', true],
    ['https://api.example', '.example', false],
    ['https://api.example', '*.example', false],
    ['https://myexample', 'example', true],
    ['https://api.example:6443', 'api.example:6443', false],
    ['https://api.example:6443', 'api.example:443', true],
    ['https://api.example', 'api.example:443', false],
    ['https://10.1.2.3', '10.0.0.0/8', false],
    ['https://11.1.2.3', '10.0.0.0/8', true],
    ['https://10.1.2.3', ' x , 10.1.2.3 ', false],
    ['https://10.1.2.3', '10.1.2.30', true],
    ['https://[fd00::1]', 'fd00::/8', false],
    ['https://[fd00::1]:6443', '[fd00::1]:6443', false],
    ['https://10.1.2.3', '10.0.0.0/99,/8,::/0,10.0.0.0/', true],
    ['https://API.Example', 'api.EXAMPLE', false],
  ])('%s with NO_PROXY=%s goes through it: %s', (server, noProxy, isProxied) => {
    expect(via(server, noProxy)).toBe(isProxied ? 'proxy.example:3128' : undefined)
  })

  it.each([
    ['https://a.example', { https_proxy: 'proxy:1' }, 'http://proxy:1/'],
    ['https://a.example', { HTTP_PROXY: PROXY }, undefined],
    ['http://a.example', { HTTP_PROXY: PROXY }, `${PROXY}/`],
    ['https://a.example', { HTTPS_PROXY: 'socks5h://u:p@proxy:1080' }, 'socks5://u:p@proxy:1080'],
    ['https://a.example', { HTTPS_PROXY: 'ftp://proxy' }, undefined],
    ['https://a.example', { HTTPS_PROXY: 'http://[' }, undefined],
  ])('%s with %j goes through %s', (server, env, proxy) => {
    expect(proxyFor(new URL(server), env)?.href).toBe(proxy)
  })
})
