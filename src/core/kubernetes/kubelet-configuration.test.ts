import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Configz, isUnreadable, KubeletConfiguration } from './kubelet-configuration.ts'

const MAPS = ['evictionHard', 'evictionSoft', 'evictionSoftGracePeriod', 'evictionMinimumReclaim'] as const

describe('KubeletConfiguration', () => {
  it('takes what is absent or null as not set: no evictionHard in /configz means no threshold', () => {
    const nothing = KubeletConfiguration.parse({ evictionHard: null, imageGCLowThresholdPercent: null })
    expect(nothing).toEqual(KubeletConfiguration.parse({}))
    expect(nothing).toMatchObject({
      evictionHard: {},
      imageGCHighThresholdPercent: 85,
      imageGCLowThresholdPercent: 80,
    })
    expect(nothing).not.toHaveProperty('problems')
  })

  it.each([
    ['imageGCHighThresholdPercent', 250, '250'],
    ['imageGCHighThresholdPercent', '85', '"85"'],
    ['imageGCLowThresholdPercent', 79.5, '79.5'],
    ['imageGCLowThresholdPercent', JSON.parse('1e400'), '∞'],
    ['imageMinimumGCAge', '-2m', '"-2m"'],
    ['evictionPressureTransitionPeriod', 300, '300'],
    ['evictionPressureTransitionPeriod', `${'9'.repeat(50)}h`, `"${'9'.repeat(40)}…"`],
    ['mergeDefaultEvictionSettings', 'true', '"true"'],
    ['evictionHard', ['10%'], '[…]'],
    ['evictionSoftGracePeriod', 'soon', '"soon"'],
    ['containerLogMaxSize', { Mi: 10 }, '{…}'],
    ['containerLogMaxFiles', 'a\u001b[2J`rm`', '"a�[2J rm "'],
  ])('reads all but %s: %j', (field, value, shown) => {
    const configuration = KubeletConfiguration.parse({
      [field]: value,
      evictionSoft: { 'nodefs.available': '20%' },
    })
    expect(configuration.problems).toEqual([{ field, value: shown }])
    expect(configuration.evictionSoft).toEqual({ 'nodefs.available': '20%' })
    expect(isUnreadable(configuration, field as keyof KubeletConfiguration)).toBe(true)
    expect(isUnreadable(configuration, 'evictionSoft')).toBe(false)
  })

  it.each([
    ['evictionHard', 'nodefs.available', '250%'],
    ['evictionHard', 'nodefs.available', '-5%'],
    ['evictionHard', 'nodefs.available', '0'],
    ['evictionHard', 'nodefs.available', '9e99'],
    ['evictionHard', 'disk.available', '10%'],
    ['evictionHard', '__proto__', '10%'],
    ['evictionSoftGracePeriod', 'nodefs.available', '2 minutes'],
    ['evictionMinimumReclaim', 'nodefs.available', '0%'],
    ['evictionMinimumReclaim', 'nodefs.available', {}],
  ] as const)('reads the other entries of %s than %s: %j', (field, key, value) => {
    const good = field === 'evictionSoftGracePeriod' ? '90s' : '5%'
    const input = JSON.parse(`{"${key}": ${JSON.stringify(value)}, "imagefs.inodesFree": "${good}"}`)
    const configuration = KubeletConfiguration.parse({ [field]: input })
    expect(configuration[field]).toEqual({ 'imagefs.inodesFree': good })
    expect(configuration.problems).toHaveLength(1)
    expect(configuration.problems?.[0]?.field).toBe(`${field}.${key}`)
  })

  it('takes a threshold that is given as a number for the quantity it is', () => {
    const { evictionHard } = KubeletConfiguration.parse({ evictionHard: { 'nodefs.available': 1e9 } })
    expect(evictionHard).toEqual({ 'nodefs.available': '1000000000' })
  })

  it('is bounded, whatever is in it', () => {
    const junk = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`${n}${'x'.repeat(999)}`, n]))
    const { problems } = KubeletConfiguration.parse({ ...junk, evictionHard: junk, evictionSoft: junk })
    expect(JSON.stringify(problems).length).toBeLessThan(5000)
  })

  it.each([null, 'kubelet', 1, []])('refuses %j, which is no object', (input) => {
    expect(Configz.safeParse({ kubeletconfig: input }).success).toBe(false)
  })

  it('reads any JSON without throwing, and gives only figures that can be', () => {
    const field = fc.constantFrom(...Object.keys(KubeletConfiguration.parse({})), ...MAPS)
    const input = fc.oneof(fc.jsonValue(), fc.dictionary(field, fc.jsonValue()))
    fc.assert(
      fc.property(input, (kubeletconfig) => {
        const parsed = Configz.safeParse({ kubeletconfig })
        if (!parsed.success) return
        const { imageGCHighThresholdPercent, imageGCLowThresholdPercent } = parsed.data.kubeletconfig
        for (const percent of [imageGCHighThresholdPercent, imageGCLowThresholdPercent]) {
          expect(Number.isInteger(percent) && percent >= 0 && percent <= 100).toBe(true)
        }
        expect(JSON.stringify(parsed.data.kubeletconfig.problems ?? [])).not.toMatch(/NaN|Infinity|undefined/)
      }),
    )
    expect(() => fc.assert(fc.property(fc.jsonValue(), (json) => void Configz.safeParse(json)))).not.toThrow()
  })
})
