import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiRefusal } from '../../store/api-refusal.ts'
import { readProtobuf } from './read-protobuf.ts'

const named = (name: string) => ({ metadata: { name } })

describe('what kubectl 1.36 sends in Protocol Buffers', () => {
  it.each([
    [
      'auth can-i delete pods -n log',
      'azhzAAoyChdhdXRob3JpemF0aW9uLms4cy5pby92MRIXU2VsZlN1YmplY3RBY2Nlc3NSZXZpZXcSOwoQCgASABoAIgAqADIAOABCABIdChsKA2xvZxIGZGVsZXRlGgAiACoEcG9kczIAOgAaCAgAEgAaACAAGgAiAA==',
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { namespace: 'log', verb: 'delete', resource: 'pods' } },
      },
    ],
    [
      'create configmap settings --from-literal=a=b --from-literal=c=',
      'azhzAAoPCgJ2MRIJQ29uZmlnTWFwEikKGAoIc2V0dGluZ3MSABoAIgAqADIAOABCABIGCgFhEgFiEgUKAWMSABoAIgA=',
      { apiVersion: 'v1', kind: 'ConfigMap', ...named('settings'), data: { a: 'b', c: '' } },
    ],
    [
      'create secret generic s --from-literal=key=value',
      'azhzAAoMCgJ2MRIGU2VjcmV0EiMKEQoBcxIAGgAiACoAMgA4AEIAEgwKA2tleRIFdmFsdWUaABoAIgA=',
      { apiVersion: 'v1', kind: 'Secret', ...named('s'), data: { key: 'dmFsdWU=' } },
    ],
    [
      'create quota q --hard=pods=3,cpu=500m',
      'azhzAAoTCgJ2MRINUmVzb3VyY2VRdW90YRIzChEKAXESABoAIgAqADIAOABCABIcCg0KA2NwdRIGCgQ1MDBtCgsKBHBvZHMSAwoBMxoAGgAiAA==',
      { apiVersion: 'v1', kind: 'ResourceQuota', ...named('q'), spec: { hard: { cpu: '500m', pods: '3' } } },
    ],
    [
      'create pdb p --selector=app=es --min-available=50%',
      'azhzAAogCglwb2xpY3kvdjESE1BvZERpc3J1cHRpb25CdWRnZXQSOQoRCgFwEgAaACIAKgAyADgAQgASGAoJCAEQABoDNTAlEgsKCQoDYXBwEgJlcxoKCAAYACAAKAAwABoAIgA=',
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        ...named('p'),
        spec: { minAvailable: '50%', selector: { matchLabels: { app: 'es' } } },
      },
    ],
    [
      'create pdb p --selector=app=es --max-unavailable=1',
      'azhzAAogCglwb2xpY3kvdjESE1BvZERpc3J1cHRpb25CdWRnZXQSNgoRCgFwEgAaACIAKgAyADgAQgASFRILCgkKA2FwcBICZXMaBggAEAEaABoKCAAYACAAKAAwABoAIgA=',
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        ...named('p'),
        spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'es' } } },
      },
    ],
    [
      'create namespace foo',
      'azhzAAoPCgJ2MRIJTmFtZXNwYWNlEhsKEwoDZm9vEgAaACIAKgAyADgAQgASABoCCgAaACIA',
      { apiVersion: 'v1', kind: 'Namespace', ...named('foo') },
    ],
  ])('%s', (_, sent, said) => {
    expect(readProtobuf(Buffer.from(sent, 'base64'))).toEqual(said)
  })

  it('is refused for a kind the lab does not know so, with what to do', () => {
    const deployment = Buffer.from('azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50EgIKABoAIgA=', 'base64')
    expect(() => readProtobuf(deployment)).toThrow(/does not read Deployment .*--dry-run=client -o yaml/)
  })
})

/** A field of bytes, as the wire format has it. */
function field(number: number, value: Buffer): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(value.length), value])
}
function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left])
    bytes.push((left % 128) + 128)
  }
}
function configMap(data: readonly (readonly [string, string])[]): Buffer {
  const entry = ([key, value]: readonly [string, string]) =>
    field(2, Buffer.concat([field(1, Buffer.from(key)), field(2, Buffer.from(value))]))
  const typeMeta = Buffer.concat([field(1, Buffer.from('v1')), field(2, Buffer.from('ConfigMap'))])
  return Buffer.concat([Buffer.from('k8s\0'), field(1, typeMeta), field(2, Buffer.concat(data.map(entry)))])
}

describe('an object in Protocol Buffers', () => {
  const text = fc.string({ unit: 'grapheme' })

  it('says what was written into it, whatever the names', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(text, text), { selector: ([key]) => key, minLength: 1 }),
        (data) => {
          const { data: read } = readProtobuf(configMap(data)) as { data: object }
          expect(new Map(Object.entries(read))).toEqual(new Map(data))
        },
      ),
    )
  })

  it('is read or refused, whatever is done to it', () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.from('k8s\0'), bytes])),
      fc.tuple(fc.array(fc.tuple(text, text)), fc.nat(), fc.nat(255)).map(([data, at, byte]) => {
        const body = configMap(data)
        body[at % body.length] = byte
        return body
      }),
      fc.tuple(fc.array(fc.tuple(text, text)), fc.nat()).map(([data, length]) => {
        const body = configMap(data)
        return body.subarray(0, length % body.length)
      }),
    )
    fc.assert(
      fc.property(hostile, (body) => {
        try {
          readProtobuf(body)
        } catch (failure) {
          expect(failure).toBeInstanceOf(ApiRefusal)
        }
      }),
    )
  })
})
