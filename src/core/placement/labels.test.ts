import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LabelSelector, NodeSelectorTerm } from '../kubernetes/selectors.ts'
import { isBeyond, matchesTerms, selects } from './labels.ts'
import { term } from './cluster.contract.ts'

const LABELS = { zone: 'a', cpus: '16', empty: '' }

describe('node selector terms', () => {
  it.each([
    ['zone In a', true],
    ['zone In b a', true],
    ['zone In b', false],
    ['rack In a', false],
    ['zone In', false],
    ['zone NotIn a', false],
    ['zone NotIn b', true],
    ['rack NotIn a', true],
    // No values make a requirement that cannot be met, not one that always is.
    ['rack NotIn', false],
    ['zone Exists', true],
    ['empty Exists', true],
    ['rack Exists', false],
    ['zone Exists a', false],
    ['zone DoesNotExist', false],
    ['rack DoesNotExist', true],
    ['rack DoesNotExist a', false],
    ['cpus Gt 15', true],
    ['cpus Gt 16', false],
    ['cpus Gt 9', true],
    ['cpus Lt 17', true],
    ['cpus Lt 16', false],
    ['cpus Gt 8 9', false],
    ['cpus Gt x', false],
    ['zone Gt 1', false],
    ['rack Lt 1', false],
    ['zone Sometimes a', false],
    // Names are data.
    ['constructor Exists', false],
    ['toString DoesNotExist', true],
    ['__proto__ Exists', false],
  ])('%s: %s', (requirement, expected) => {
    expect(matchesTerms([NodeSelectorTerm.parse(term(requirement))], LABELS, 'n1')).toBe(expected)
  })

  const field = (key: string, operator: string, ...values: string[]) => ({
    matchFields: [{ key, operator, values }],
  })
  it.each([
    ['all expressions of a term', [term('zone In a', 'rack Exists')], false],
    ['one term', [term('rack Exists'), term('zone In a')], true],
    ['no terms', [], false],
    ['an empty term', [{}], false],
    ['a term of nulls', [{ matchExpressions: null, matchFields: null }], false],
    ['an empty term beside one that matches', [{}, term('zone In a')], true],
    ['a broken term beside one that matches', [term('zone Sometimes a'), term('zone In a')], true],
    ['the name', [field('metadata.name', 'In', 'n1')], true],
    ['another name', [field('metadata.name', 'In', 'n2')], false],
    ['not another name', [field('metadata.name', 'NotIn', 'n2')], true],
    ['not the name', [field('metadata.name', 'NotIn', 'n1')], false],
    ['one of two names, which is not allowed', [field('metadata.name', 'In', 'n1', 'n2')], false],
    ['a name that exists, which is not allowed', [field('metadata.name', 'Exists')], false],
    ['another field', [field('metadata.uid', 'In', 'n1')], false],
    ['label and name', [{ ...term('zone In a'), ...field('metadata.name', 'In', 'n2') }], false],
  ])('%s', (_, terms, expected) => {
    expect(
      matchesTerms(
        terms.map((one) => NodeSelectorTerm.parse(one)),
        LABELS,
        'n1',
      ),
    ).toBe(expected)
  })

  it('passes over fields where no name is given, as for volumes', () => {
    const other = NodeSelectorTerm.parse(field('metadata.name', 'In', 'n2'))
    expect(matchesTerms([other], LABELS)).toBe(true)
  })

  it('matches nothing without labels but what asks for none', () => {
    for (const labels of [null, undefined, {}]) {
      expect(matchesTerms([NodeSelectorTerm.parse(term('zone Exists'))], labels, 'n1')).toBe(false)
      expect(matchesTerms([NodeSelectorTerm.parse(term('zone DoesNotExist'))], labels, 'n1')).toBe(true)
    }
  })
})

describe('label selectors', () => {
  it.each([
    ['absent', undefined, false],
    ['null', null, false],
    ['empty', {}, true],
    ['labels', { matchLabels: { zone: 'a' } }, true],
    ['all labels', { matchLabels: { zone: 'a', rack: '1' } }, false],
    ['an empty value is not an absent label', { matchLabels: { rack: '' } }, false],
    ['expressions', term('zone In a b', 'rack DoesNotExist'), true],
    ['labels and expressions', { matchLabels: { zone: 'a' }, ...term('zone NotIn a') }, false],
    ['numbers, which are for nodes only', term('cpus Gt 1'), false],
  ])('%s', (_, selector, expected) => {
    expect(selects(selector && LabelSelector.parse(selector), LABELS)).toBe(expected)
  })
})

describe('whole numbers', () => {
  it.each([
    ['9', '10', false],
    ['-1', '-2', true],
    ['+5', '4', true],
    ['0010', '9', true],
    ['9223372036854775807', '9223372036854775806', true],
    ['9223372036854775808', '1', false],
    ['1', '-9223372036854775809', false],
    ['1e3', '1', false],
    ['1.5', '1', false],
    [' 5', '4', false],
    ['', '-1', false],
    ['9'.repeat(100_000), '1', false],
  ])('%.30s > %.30s: %s', (value, bound, expected) => {
    expect(isBeyond('Gt', value, bound)).toBe(expected)
  })

  it('are ordered as 64-bit numbers', () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    fc.assert(
      fc.property(int64, int64, (a, b) => {
        expect(isBeyond('Gt', String(a), String(b))).toBe(a > b)
        expect(isBeyond('Lt', String(a), String(b))).toBe(a < b)
      }),
    )
  })
})
