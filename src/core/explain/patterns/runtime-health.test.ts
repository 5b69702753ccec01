import { testPatternFamily } from '../pattern-family.contract.ts'
import { runtimeHealth } from './runtime-health.ts'

testPatternFamily(runtimeHealth)
