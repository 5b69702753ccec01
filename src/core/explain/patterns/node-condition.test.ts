import { testPatternFamily } from '../pattern-family.contract.ts'
import { nodeCondition } from './node-condition.ts'

testPatternFamily(nodeCondition)
