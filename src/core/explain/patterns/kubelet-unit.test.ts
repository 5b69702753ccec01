import { testPatternFamily } from '../pattern-family.contract.ts'
import { kubeletUnit } from './kubelet-unit.ts'

testPatternFamily(kubeletUnit)
