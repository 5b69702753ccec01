import { testPatternFamily } from '../pattern-family.contract.ts'
import { containerLogs } from './container-logs.ts'

testPatternFamily(containerLogs)
